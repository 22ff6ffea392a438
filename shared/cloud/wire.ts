import { z } from 'zod';
import { NOTHING_ASSIGNABLE } from '../model/assignables.ts';
import { LICENSES } from '../model/license.ts';

/**
 * Bodies of the CloudLink-style API, as CLOUD_API.md knows them. Answers are parsed loosely: unknown fields are ignored and
 * missing ones get a default, because a server may be older or newer. Secrets (sipPassword, privateKey) are not in the
 * schemas: what is not named here is dropped at the edge, before anything is stored, logged or exported.
 */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const time = z
  .string()
  .nullish()
  .transform((value) => (value ? new Date(value) : null))
  .transform((value) => (value && !Number.isNaN(value.getTime()) ? value.toISOString() : null));
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
const names = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);
/** A license that this release does not know is left out. */
const counts = z
  .record(z.string(), z.number())
  .nullish()
  .transform((value) =>
    Object.fromEntries(LICENSES.flatMap((one) => (value?.[one] === undefined ? [] : [[one, value[one]]]))),
  );

export const wireAccount = z.object({
  accountId: z.string().min(1),
  accountNumber: text,
  name: text,
  partnerId: text,
  organizationId: text,
  active: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
  state: text,
  source: text,
  languageCode: text,
  businessType: text,
  cloudLocation: text,
  sapCustomerNumber: text,
  pbxType: text,
  isPartnerAccount: flag,
  /** Ours: names of the custom roles that are assigned to the account (MA 2.14). */
  customRoles: names,
  /** Ours: what its users can be given. Of the API only the names of the services billing and `licenses` are known. */
  assignables: z
    .object({ licenses: counts, smsNumbers: names, userTemplates: names })
    .nullish()
    .transform((value) => value ?? NOTHING_ASSIGNABLE),
  location: z
    .object({
      address: z.object({ country: text, street: text, city: text, stateOrProvince: text, zipCode: text }).nullish(),
    })
    .nullish(),
  policy: z.object({ allowGuestAccess: flag, allowProxyAuthentication: flag }).nullish(),
  userLimit: z
    .number()
    .nullish()
    .transform((value) => value ?? 0),
  contacts: z
    .array(z.object({ email: text }))
    .nullish()
    .transform((value) => value ?? []),
  createdOn: time,
  createdBy: text,
  modifiedOn: time,
  modifiedBy: text,
  /** Ours: increases with every change; with it a late page can never overwrite a newer value. */
  rev: z
    .number()
    .nullish()
    .transform((value) => value ?? null),
  etag: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  /** Ours: the client's own id, sent with the create. */
  externalRef: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
});
export type WireAccount = z.output<typeof wireAccount>;

export const wireUser = z.object({
  userId: z.string().min(1),
  accountId: z.string().min(1),
  name: text,
  firstName: text,
  lastName: text,
  email: text,
  role: text,
  extension: text,
  mobile: text,
  source: text,
  userVerified: flag,
  /** Ours: when the last welcome e-mail was asked for. A write with another time sends another one. */
  welcomeEmailOn: text,
  /** Ours, as the fields of UserForm say. The API has `licenses` and `tags` in services of which no shape is known. */
  mitelOne: text,
  miteamMeetings: text,
  smsNumber: text,
  language: text,
  userTemplate: text,
  tags: text,
  createdOn: time,
  createdBy: text,
  modifiedOn: time,
  modifiedBy: text,
  rev: z
    .number()
    .nullish()
    .transform((value) => value ?? null),
  etag: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  externalRef: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
});
export type WireUser = z.output<typeof wireUser>;

/** `{count, _links:{self,next}, _embedded:{items}}`; `_embedded` may be absent when empty. */
export const wireCollection = z.object({
  count: z.number().nullish(),
  _links: z.object({ self: z.string().nullish(), next: z.string().nullish() }).nullish(),
  _embedded: z.object({ items: z.array(z.unknown()) }).nullish(),
});

/** Ours: a page of `changes?since=`. A tombstone has `deleted: true` and the id; `hasMore` asks for the next page now. */
export const wireChanges = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      deleted: z.boolean().default(false),
      /** Why it is gone; `permission` means hidden from this person, not deleted. */
      reason: z.enum(['deleted', 'permission']).default('deleted'),
      body: z.unknown().optional(),
    }),
  ),
  token: z.string(),
  hasMore: z.boolean(),
});

/** Bulk: `PATCH accounts/{a}/users`. Ours: op names add, replace, remove. */
export const wireOperation = z.object({
  op: z.enum(['add', 'replace', 'remove']),
  id: z.string().optional(),
  body: z.record(z.string(), z.unknown()).optional(),
  /** Ours, with the capability: one key and one If-Match per operation. */
  headers: z.record(z.string(), z.string()).optional(),
});
export type WireOperation = z.output<typeof wireOperation>;
export const wireBatch = z.object({ operations: z.array(wireOperation).min(1) });
export const wireBatchAnswer = z.object({
  operations: z.array(
    z.object({
      statusCode: z.number(),
      headers: z.record(z.string(), z.string()).default({}),
      body: z.unknown().optional(),
    }),
  ),
});

/** Error body: only `message` is evidenced. */
export const wireError = z.object({ message: text });

export const wireToken = z.object({
  token_type: z.string(),
  expires_in: z.number(),
  access_token: z.string(),
  refresh_token: z.string().nullish(),
  scope: z.string().nullish(),
});

/** `GET token`: the claims of the caller, nearly all strings. */
export const wireClaims = z.object({
  sub: z.string(),
  accountId: text,
  name: text,
  email: text,
  role: text,
  partnerId: text,
  /** Ours: the cells of the permission matrix, separated by blanks. Absent: the base role's default. */
  permissions: z.string().nullish(),
});

/** Ours: `GET capabilities`. A server without the path has none of them. */
export const wireCapabilities = z.object({
  etag: z.boolean().default(false),
  idempotencyKey: z.boolean().default(false),
  /** How long a key is kept, in seconds. */
  idempotencyTtlSeconds: z.number().default(86_400),
  delta: z.boolean().default(false),
  /** `GET changes?since=`: one feed that names the accounts in which anything moved. */
  tenantFeed: z.boolean().default(false),
  /** The server keeps and can find the client's own id of a create. */
  externalRef: z.boolean().default(false),
  /** 0: no batch endpoint. */
  batchSize: z.number().default(0),
  pageSize: z.number().default(100),
  /** Accounts may be created by this client (CLOUD_API.md: the public guide says no). */
  createAccounts: z.boolean().default(false),
});
export type Capabilities = z.output<typeof wireCapabilities>;
export const NO_CAPABILITIES: Capabilities = wireCapabilities.parse({});
