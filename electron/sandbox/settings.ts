import { NO_CAPABILITIES, type Capabilities } from '../../shared/cloud/wire.ts';
import { sandboxSettings, type SandboxSettings } from '../../shared/cloud/sandbox-control.ts';

/** Everything the sandbox can do; tests and rehearsals switch single capabilities off. */
const ALL_CAPABILITIES: Capabilities = {
  ...NO_CAPABILITIES,
  etag: true,
  idempotencyKey: true,
  delta: true,
  tenantFeed: true,
  externalRef: true,
  batchSize: 100,
  pageSize: 1000,
  createAccounts: true,
};

export const DEFAULT_SETTINGS: SandboxSettings = {
  faults: [],
  seed: 1,
  capabilities: ALL_CAPABILITIES,
  clockOffsetMs: 0,
  accessTokenSeconds: 3600,
};

/** The settings with the change on top; capabilities merge one by one, fault rules are replaced as a list. */
export function mergeSettings(current: SandboxSettings, change: Partial<SandboxSettings>): SandboxSettings {
  return {
    ...current,
    ...definedOnly(change),
    capabilities: { ...current.capabilities, ...definedOnly(change.capabilities ?? {}) },
  };
}

/** Every capability with its value. */
export function capabilitiesOf(settings: SandboxSettings): Capabilities {
  return { ...ALL_CAPABILITIES, ...definedOnly(settings.capabilities) };
}

/** Reads a partial change from the control service or the stored settings; throws a ZodError when it is not one. */
export function parseSettingsChange(raw: unknown): Partial<SandboxSettings> {
  const parsed = sandboxSettings.partial().parse(raw);
  const change = definedOnly(parsed);
  if (parsed.capabilities === undefined) return change;
  // zod applies the defaults of the capabilities to absent keys; absent here means "leave it".
  const given = Object.keys((raw as { readonly capabilities: object }).capabilities);
  const capabilities = Object.fromEntries(Object.entries(parsed.capabilities).filter(([key]) => given.includes(key)));
  return { ...change, capabilities };
}

function definedOnly<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
