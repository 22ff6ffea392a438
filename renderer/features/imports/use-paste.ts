import { useEffect, useRef } from 'react';

/** IMP-2: Ctrl+V where no field has the focus. `onPaste` gets the text, or the first file that was copied. */
export function usePaste(onPaste: (pasted: { readonly text: string; readonly file: File | null }) => void): void {
  const latest = useRef(onPaste);
  useEffect(() => {
    latest.current = onPaste;
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent): void => {
      const { target, clipboardData } = event;
      const isElsewhere =
        target instanceof Element &&
        target.closest('input, select, textarea, [contenteditable], [role="dialog"]') !== null;
      if (event.defaultPrevented || isElsewhere || !clipboardData) return;
      event.preventDefault();
      latest.current({ text: clipboardData.getData('text/plain'), file: clipboardData.files[0] ?? null });
    };
    document.addEventListener('paste', listen);
    return () => document.removeEventListener('paste', listen);
  }, []);
}
