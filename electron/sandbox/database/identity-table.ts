import type { Db } from './open.ts';
import type { RoleRecord } from './records.ts';

export type Credential = {
  readonly userId: string;
  readonly salt: string;
  readonly hash: string;
  readonly email: string;
  readonly role: string;
  readonly displayName: string;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly accountName: string;
  readonly isActive: number;
};

export type Authorization = {
  readonly requestId: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly codeChallenge: string;
  readonly expiresAt: number;
  readonly userId: string | null;
  readonly family: string | null;
};

type TokenRecord = {
  readonly tokenHash: string;
  readonly kind: 'access' | 'refresh';
  readonly family: string;
  readonly userId: string;
  readonly expiresAt: number;
  readonly rotatedAt: number | null;
};

const CREDENTIAL = `SELECT c.user_id AS userId, c.salt, c.hash, u.email, u.role,
  CASE WHEN u.name <> '' THEN u.name ELSE trim(u.first_name || ' ' || u.last_name) END AS displayName,
  a.account_id AS accountId, a.account_number AS accountNumber, a.name AS accountName, a.is_active AS isActive
  FROM credentials c JOIN users u ON u.user_id = c.user_id JOIN accounts a ON a.position = u.account`;
const AUTHORIZATION = `SELECT request_id AS requestId, redirect_uri AS redirectUri, state, code_challenge AS codeChallenge,
  expires_at AS expiresAt, user_id AS userId, family FROM authorizations`;

export type IdentityTable = ReturnType<typeof createIdentityTable>;

/** Who may sign in, what is waiting for a sign-in, and the tokens given out. Secrets are kept as hashes. */
export function createIdentityTable(db: Db) {
  const credentials = db.prepare<[], Credential>(`${CREDENTIAL} ORDER BY a.position, u.position`);
  const credentialsByEmail = db.prepare<[string], Credential>(
    `${CREDENTIAL} WHERE u.email_key = ? ORDER BY a.position`,
  );
  const addCredential = db.prepare<[string, string, string]>(
    'INSERT INTO credentials (user_id, salt, hash) VALUES (?, ?, ?)',
  );
  const role = db.prepare<[string], RoleRecord>('SELECT name, base, permissions FROM roles WHERE name = ?');
  const roleIsAssigned = db
    .prepare<[string, number], number>('SELECT 1 FROM role_accounts WHERE role = ? AND account = ?')
    .pluck();
  const addRole = db.prepare<[string, string, string]>('INSERT INTO roles (name, base, permissions) VALUES (?, ?, ?)');
  const assignRole = db.prepare<[string, number]>('INSERT INTO role_accounts (role, account) VALUES (?, ?)');

  const rolesOf = db
    .prepare<[number], string>('SELECT role FROM role_accounts WHERE account = ? ORDER BY role')
    .pluck();

  const begin = db.prepare<[string, string, string, string, number]>(
    'INSERT INTO authorizations (request_id, redirect_uri, state, code_challenge, expires_at) VALUES (?, ?, ?, ?, ?)',
  );
  const pendingRequest = db.prepare<[string], Authorization>(
    `${AUTHORIZATION} WHERE request_id = ? AND code_hash IS NULL`,
  );
  const grant = db.prepare<[string, string, number, string]>(
    'UPDATE authorizations SET code_hash = ?, user_id = ?, expires_at = ? WHERE request_id = ?',
  );
  const byCode = db.prepare<[string], Authorization>(`${AUTHORIZATION} WHERE code_hash = ?`);
  const exchanged = db.prepare<[string, string]>('UPDATE authorizations SET family = ? WHERE request_id = ?');
  const forget = db.prepare<[string]>('DELETE FROM authorizations WHERE request_id = ?');

  const token = db.prepare<[string], TokenRecord>(`SELECT token_hash AS tokenHash, kind, family, user_id AS userId,
    expires_at AS expiresAt, rotated_at AS rotatedAt FROM tokens WHERE token_hash = ?`);
  const addToken =
    db.prepare<TokenRecord>(`INSERT INTO tokens (token_hash, kind, family, user_id, expires_at, rotated_at)
    VALUES (@tokenHash, @kind, @family, @userId, @expiresAt, @rotatedAt)`);
  const rotate = db.prepare<[number, string]>('UPDATE tokens SET rotated_at = ? WHERE token_hash = ?');
  const revoke = db.prepare<[string]>('DELETE FROM tokens WHERE family = ?');
  const expire = db.prepare<[number]>('DELETE FROM tokens WHERE expires_at < ?');
  const expireRequests = db.prepare<[number]>('DELETE FROM authorizations WHERE expires_at < ?');

  return {
    credentials: (): readonly Credential[] => credentials.all(),
    credentialsByEmail: (key: string): readonly Credential[] => credentialsByEmail.all(key),
    addCredential: (userId: string, salt: string, hash: string): void => {
      addCredential.run(userId, salt, hash);
    },
    role: (name: string): RoleRecord | undefined => role.get(name),
    isRoleAssigned: (name: string, account: number): boolean => roleIsAssigned.get(name, account) === 1,
    assignRole: (name: string, account: number): void => {
      assignRole.run(name, account);
    },
    /** Names of the roles that users of the account can have beside the built-in ones. */
    customRoles: (account: number): readonly string[] => rolesOf.all(account),
    addRole: (added: RoleRecord, accounts: readonly number[]): void => {
      addRole.run(added.name, added.base, added.permissions);
      for (const account of accounts) assignRole.run(added.name, account);
    },
    begin: (request: Omit<Authorization, 'userId' | 'family'>): void => {
      begin.run(request.requestId, request.redirectUri, request.state, request.codeChallenge, request.expiresAt);
    },
    pendingRequest: (requestId: string): Authorization | undefined => pendingRequest.get(requestId),
    grantCode: (
      requestId: string,
      granted: { readonly codeHash: string; readonly userId: string; readonly expiresAt: number },
    ): void => {
      grant.run(granted.codeHash, granted.userId, granted.expiresAt, requestId);
    },
    byCode: (codeHash: string): Authorization | undefined => byCode.get(codeHash),
    exchanged: (requestId: string, family: string): void => {
      exchanged.run(family, requestId);
    },
    forgetRequest: (requestId: string): void => {
      forget.run(requestId);
    },
    token: (tokenHash: string): TokenRecord | undefined => token.get(tokenHash),
    addToken: (added: TokenRecord): void => {
      addToken.run(added);
    },
    rotateToken: (tokenHash: string, at: number): void => {
      rotate.run(at, tokenHash);
    },
    revokeFamily: (family: string): void => {
      revoke.run(family);
    },
    /** Drops what nobody can use any more; a day is kept so that a reused token is still recognised. */
    sweep: (now: number): void => {
      expire.run(now - 86_400_000);
      expireRequests.run(now - 86_400_000);
    },
  };
}
