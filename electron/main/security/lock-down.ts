import { app, type Session, type WebContents } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';

/** Denies everything a page of ours never asks for: permissions, devices, navigation, windows, web views. */
export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

export function lockDownContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** True for the main frame of a page of ours: only it may talk to the shell. */
export function isOurPage(contents: WebContents, frame: { readonly url: string } | null): boolean {
  return (
    frame !== null &&
    frame === contents.mainFrame &&
    (frame.url === APP_ORIGIN || frame.url.startsWith(`${APP_ORIGIN}/`))
  );
}
