/* oxlint-disable boundaries/no-unknown-files -- copied as it is: only a classic script can decide before the first paint */
// Runs before the first paint, as a file because the page's policy allows no inline script. The key is that of theme/theme.ts.
try {
  const mode = localStorage.getItem('fieldlink.theme');
  if (mode === 'light' || mode === 'dark') document.documentElement.dataset.theme = mode;
} catch {
  // Without storage the system's preference decides.
}
