import { useEffect, useRef } from 'react';

type Keys = {
  readonly onFind: (direction: 'next' | 'previous') => void;
  readonly onUndo: (direction: 'undo' | 'redo') => void;
  readonly onReplace: () => void;
};

/** IMP-4: F8, Ctrl+Z, Ctrl+Y and Ctrl+H from anywhere on the page, so that they work before anything in it has the focus. */
export function usePreviewKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { onFind, onUndo, onReplace } = latest.current;
      const isCtrl = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      if (event.defaultPrevented || isWithin(event.target, '[role="dialog"]')) return;
      if (event.key === 'F8') onFind(event.shiftKey ? 'previous' : 'next');
      else if (!isCtrl || isWithin(event.target, 'input, select, textarea')) return;
      else if (key === 'z') onUndo(event.shiftKey ? 'redo' : 'undo');
      else if (key === 'y') onUndo('redo');
      else if (key === 'h') onReplace();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function isWithin(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}
