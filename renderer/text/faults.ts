/** What the error panel says. The fault id finds the entry in the engine's log. */
export const faultText = {
  title: 'This did not work',
  next: 'Nothing you saved is lost. Try again; if it happens again, send the fault id to whoever looks after this console.',
  retry: 'Try again',
  copy: 'Copy fault id',
  faultId: 'Fault id',
  crashTitle: 'This screen stopped working',
  crashNext:
    'What you saved is kept by the engine. Load the console again; if it happens again, report the text below.',
  reload: 'Load again',
} as const;
