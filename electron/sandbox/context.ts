import type { SandboxSettings } from '../../shared/cloud/sandbox-control.ts';
import type { Capabilities } from '../../shared/cloud/wire.ts';
import type { PasswordCheck } from './auth/passwords.ts';
import type { Store } from './database/store.ts';
import type { Ids } from './runtime/ids.ts';

/** What every answer is made from. */
export type SandboxContext = {
  readonly store: Store;
  readonly ids: Ids;
  readonly isPassword: PasswordCheck;
  /** The sandbox's clock, with the offset of the settings. */
  readonly now: () => number;
  readonly settings: () => SandboxSettings;
  readonly capabilities: () => Capabilities;
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: () => string;
};
