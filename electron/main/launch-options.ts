import { resolve } from 'node:path';

export type LaunchOptions = {
  /** Folder of all data; null: the system's place for this app. */
  readonly profile: string | null;
  /** The cloud to work with; null: the embedded sandbox. */
  readonly cloudUrl: string | null;
  /** Where to save a picture of the first window, for a start without a display; null: no picture. */
  readonly picture: string | null;
};

/** Reads `--profile=DIR`, `--cloud=URL` and `--picture=FILE`; throws a sentence for a cloud that cannot be one. */
export function readLaunchOptions(argv: readonly string[]): LaunchOptions {
  const value = (name: string): string | null => {
    const prefix = `--${name}=`;
    return argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length) ?? null;
  };
  const cloudUrl = value('cloud');
  if (cloudUrl !== null && !isCloudUrl(cloudUrl)) {
    throw new Error(
      `--cloud=${cloudUrl} is not the address of a cloud: use https://…, or http:// on this computer only.`,
    );
  }
  const profile = value('profile');
  return { profile: profile === null ? null : resolve(profile), cloudUrl, picture: value('picture') };
}

export function isLoopback(url: URL): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}

function isCloudUrl(text: string): boolean {
  // URL.canParse is not in the fallback runtime's Node 18.15.
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return false;
  }
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}
