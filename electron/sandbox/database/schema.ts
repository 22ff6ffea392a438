/** Raise when the tables change: a sandbox file of another version is replaced by fresh tenants. */
export const SCHEMA_VERSION = 3;

export const TABLES = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL UNIQUE,
  account_number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  partner_id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  is_active INTEGER NOT NULL,
  is_partner INTEGER NOT NULL,
  source TEXT NOT NULL,
  language_code TEXT NOT NULL,
  business_type TEXT NOT NULL,
  cloud_location TEXT NOT NULL,
  sap_customer_number TEXT NOT NULL,
  pbx_type TEXT NOT NULL,
  country TEXT NOT NULL,
  street TEXT NOT NULL,
  city TEXT NOT NULL,
  state_or_province TEXT NOT NULL,
  zip_code TEXT NOT NULL,
  allow_guest_access INTEGER NOT NULL,
  allow_proxy_authentication INTEGER NOT NULL,
  user_limit INTEGER NOT NULL,
  -- A JSON array of e-mail addresses, in the order they were given.
  contacts TEXT NOT NULL,
  -- JSON: what its users can be given.
  assignables TEXT NOT NULL,
  external_ref TEXT UNIQUE,
  -- Maintained: a page of users tells the total without counting 100,000 rows.
  user_count INTEGER NOT NULL DEFAULT 0,
  created_on TEXT NOT NULL,
  created_by TEXT NOT NULL,
  modified_on TEXT NOT NULL,
  modified_by TEXT NOT NULL,
  rev INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id TEXT NOT NULL,
  -- accounts.position: four bytes instead of a uuid in every index.
  account INTEGER NOT NULL,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  role TEXT NOT NULL,
  extension TEXT NOT NULL,
  mobile TEXT NOT NULL,
  mitel_one TEXT NOT NULL,
  miteam_meetings TEXT NOT NULL,
  sms_number TEXT NOT NULL,
  language TEXT NOT NULL,
  user_template TEXT NOT NULL,
  tags TEXT NOT NULL,
  welcome_email_on TEXT NOT NULL,
  source TEXT NOT NULL,
  is_verified INTEGER NOT NULL,
  external_ref TEXT,
  created_on TEXT NOT NULL,
  created_by TEXT NOT NULL,
  modified_on TEXT NOT NULL,
  modified_by TEXT NOT NULL,
  rev INTEGER NOT NULL
) STRICT;

CREATE TABLE tombstones (
  rev INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  -- accounts.position for a user, 0 for an account.
  account INTEGER NOT NULL,
  id TEXT NOT NULL,
  external_ref TEXT
) STRICT;
CREATE INDEX tombstones_by_scope ON tombstones (type, account, rev);
CREATE INDEX tombstones_by_external_ref ON tombstones (external_ref) WHERE external_ref IS NOT NULL;

CREATE TABLE roles (name TEXT PRIMARY KEY, base TEXT NOT NULL, permissions TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE role_accounts (role TEXT NOT NULL, account INTEGER NOT NULL, PRIMARY KEY (role, account)) STRICT, WITHOUT ROWID;

CREATE TABLE credentials (user_id TEXT PRIMARY KEY, salt TEXT NOT NULL, hash TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE authorizations (
  request_id TEXT PRIMARY KEY,
  redirect_uri TEXT NOT NULL,
  state TEXT NOT NULL,
  code_challenge TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  -- Set when the person has said yes.
  code_hash TEXT UNIQUE,
  user_id TEXT,
  -- The token family the code was exchanged for; a second exchange revokes it (RFC 6749 4.1.2).
  family TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens (
  token_hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  family TEXT NOT NULL,
  user_id TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  rotated_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_by_family ON tokens (family);

CREATE TABLE idempotency (
  actor TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  answer TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (actor, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE log (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  correlation_id TEXT NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  op TEXT NOT NULL,
  before TEXT,
  after TEXT,
  idempotency_key TEXT,
  external_ref TEXT,
  actor TEXT NOT NULL
) STRICT;
`;

/** Made after the rows are loaded: four times faster than keeping them up to date row by row. */
export const USER_INDEXES = `
CREATE INDEX users_by_account ON users (account);
CREATE UNIQUE INDEX users_by_id ON users (user_id);
CREATE UNIQUE INDEX users_by_email ON users (account, email_key);
CREATE INDEX users_by_rev ON users (account, rev);
CREATE INDEX users_by_mitel_one ON users (account, mitel_one) WHERE mitel_one <> '';
CREATE INDEX users_by_miteam_meetings ON users (account) WHERE miteam_meetings <> '';
CREATE UNIQUE INDEX users_by_sms_number ON users (account, sms_number) WHERE sms_number <> '';
CREATE UNIQUE INDEX users_by_external_ref ON users (external_ref) WHERE external_ref IS NOT NULL;
`;

export const DROP_USER_INDEXES = `
DROP INDEX IF EXISTS users_by_account;
DROP INDEX IF EXISTS users_by_id;
DROP INDEX IF EXISTS users_by_email;
DROP INDEX IF EXISTS users_by_rev;
DROP INDEX IF EXISTS users_by_mitel_one;
DROP INDEX IF EXISTS users_by_miteam_meetings;
DROP INDEX IF EXISTS users_by_sms_number;
DROP INDEX IF EXISTS users_by_external_ref;
`;

export const EMPTY_TABLES = `
DELETE FROM accounts; DELETE FROM users; DELETE FROM tombstones; DELETE FROM roles; DELETE FROM role_accounts;
DELETE FROM credentials; DELETE FROM authorizations; DELETE FROM tokens; DELETE FROM idempotency; DELETE FROM log;
DELETE FROM sqlite_sequence;
`;
