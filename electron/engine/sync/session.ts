import { z } from 'zod';
import { wireClaims } from '../../../shared/cloud/wire.ts';
import { isPermitted, permissionsOf, type BaseRole, type Permission } from '../../../shared/model/permission.ts';
import type { Repositories } from '../database/repositories.ts';
import type { CloudClient, TokenOutcome, Tokens } from '../remote/cloud-client.ts';
import type { GrantOutcome, OAuth, TokenSet } from '../remote/oauth.ts';
import type { Clock } from '../runtime/clock.ts';
import type { TokenVault } from '../runtime/token-vault.ts';

const identitySchema = z.object({
  sub: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  accountSid: z.string(),
  permissions: z.array(z.string()),
});
/** Who works here. Kept in the journal, so that a start without a network knows whose work it is; tokens are not. */
export type Identity = z.output<typeof identitySchema>;

export type SignInResult =
  | { readonly kind: 'signed-in'; readonly identity: Identity }
  | { readonly kind: 'refused'; readonly error: string; readonly message: string }
  | { readonly kind: 'not-permitted'; readonly name: string }
  | { readonly kind: 'other-person' }
  | { readonly kind: 'unreachable'; readonly message: string };

export type Session = {
  readonly tokens: Tokens;
  status(): 'signed-out' | 'signed-in' | 'expired';
  identity(): Identity | null;
  /** The `actor` of queued changes: another person neither sees nor sends them (SYNC 3.8). */
  actor(): string;
  /** Whoever has worked on this laptop; '' for others. */
  nameOf(actor: string): string;
  may(permission: string): boolean;
  isKeptBetweenStarts(): boolean;
  /** Reads what the last run kept. */
  restore(): Promise<void>;
  /**
   * Takes over a grant when it is there: asks who it is, keeps the tokens. The wish that was uttered last counts: a sign-in or sign-out
   * meanwhile overtakes it. `only`: nobody but this person; with another one everything stays as it was.
   */
  accept(grant: GrantOutcome | Promise<GrantOutcome>, only?: string): Promise<SignInResult>;
  signOut(): Promise<void>;
};

const IDENTITY_KEY = 'identity';
const PERSON_KEY = 'person:';
const EXPIRY_MARGIN_MS = 30_000;
const OVERTAKEN = { kind: 'unreachable', message: 'another sign-in came in between' } as const;

export function createSession(options: {
  readonly repositories: Repositories;
  readonly oauth: OAuth;
  readonly vault: TokenVault;
  readonly clock: Clock;
  /** Set once the client exists; the two need each other. */
  readonly client: () => CloudClient;
  readonly changed: () => void;
  /** Another person works here now; '' for nobody. Resolves when all is shown that is waiting. */
  readonly actorChanged: (actor: string) => Promise<void>;
}): Session {
  const { repositories, oauth, vault, clock, client, changed, actorChanged } = options;
  let identity: Identity | null = null;
  let tokens: (TokenSet & { readonly expiresAt: number }) | null = null;
  let isDead = false;
  let isAccepting = false;
  /** The access tokens of the person who works here now. A new one begins with every sign-in and sign-out. */
  let sitting: ReadonlySet<string> = new Set();
  /** Counts sign-ins and sign-outs: one that another has overtaken changes nothing any more. */
  let turn = 0;
  /** Counts wishes: a grant that comes after a later wish is nobody's. */
  let wishes = 0;
  let renewal: Promise<TokenOutcome> | null = null;

  function show(actor: string): Promise<void> {
    const showing = actorChanged(actor);
    // Who waits for it hears of a failure, and may come to that later.
    showing.catch(() => undefined);
    return showing;
  }

  /** What it resolves with is no part of the sign-in: who works here is known at once. */
  function keep(next: Identity | null): Promise<void> {
    const before = identity?.sub ?? '';
    identity = next;
    repositories.journal.write((tx) => {
      repositories.meta.set(tx, IDENTITY_KEY, next === null ? null : JSON.stringify(next));
      // The history names people long after they signed out.
      if (next !== null) repositories.meta.set(tx, `${PERSON_KEY}${next.sub}`, next.name);
    });
    return before === (next?.sub ?? '') ? Promise.resolve() : show(next?.sub ?? '');
  }

  function hold(set: TokenSet): void {
    // A server that does not rotate refresh tokens sends none with a refresh.
    const refreshToken = set.refreshToken ?? tokens?.refreshToken ?? null;
    tokens = { ...set, refreshToken, expiresAt: clock.now() + set.expiresInSeconds * 1000 };
    isDead = false;
    sitting = new Set([...sitting, set.accessToken]);
  }

  /** What is kept between starts is of the person who is known here: a power cut must not leave one person's token to another one. */
  async function store(): Promise<void> {
    const refreshToken = tokens?.refreshToken ?? null;
    if (refreshToken === null || isAccepting) return;
    await vault.save(refreshToken);
  }

  /** One renewal at a time, for all who ask (SYNC 3.8). */
  function renewOnce(): Promise<TokenOutcome> {
    const mine = (renewal ??= renew().finally(() => {
      if (renewal === mine) renewal = null;
    }));
    return mine;
  }

  /** What was under way for the last person must neither be sent for the next one nor bring back the last one's tokens. */
  function newSitting(): number {
    sitting = new Set();
    renewal = null;
    isAccepting = false;
    return (turn += 1);
  }

  async function renew(): Promise<TokenOutcome> {
    const refreshToken = tokens?.refreshToken ?? (await vault.load());
    if (refreshToken === null) return dead();
    const before = sitting;
    const outcome = await oauth.refresh(refreshToken);
    if (sitting !== before) {
      // The pause is the host's, whoever asked (L11).
      const isPause = outcome.kind === 'unreachable' && outcome.retryAfterMs !== undefined;
      return isPause ? { ...outcome, kind: 'lost' } : { kind: 'none' };
    }
    switch (outcome.kind) {
      case 'granted':
        hold({ ...outcome.tokens, refreshToken: outcome.tokens.refreshToken ?? refreshToken });
        await store();
        changed();
        return { kind: 'token', token: outcome.tokens.accessToken };
      case 'refused':
        await vault.clear();
        return dead();
      case 'unreachable':
        // Nobody said no: the sign-in may still be good when the network is back.
        return { ...outcome, kind: 'lost' };
    }
  }

  function dead(): TokenOutcome {
    tokens = null;
    if (!isDead) {
      isDead = true;
      changed();
    }
    return { kind: 'none' };
  }

  async function whoIs(token: string): Promise<Identity | null> {
    const answer = await client().sendAs(token, { method: 'GET', service: 'authentication', path: 'token' });
    if (answer.kind !== 'ok') return null;
    const claims = wireClaims.parse(answer.body);
    const role = claims.role;
    const base: BaseRole = role === 'PARTNER' || role === 'ACCOUNT_ADMIN' ? role : 'USER';
    const permissions =
      claims.permissions == null ? permissionsOf(base) : claims.permissions.split(' ').filter((cell) => cell !== '');
    return {
      sub: claims.sub,
      name: claims.name,
      email: claims.email,
      role,
      accountSid: claims.accountId,
      permissions: [...permissions],
    };
  }

  return {
    tokens: {
      access() {
        // Until the cloud has said who it is, nothing may go under that sign-in, and nothing under the last one either.
        if (isAccepting) return Promise.resolve({ kind: 'none' });
        if (tokens && tokens.expiresAt - EXPIRY_MARGIN_MS > clock.now())
          return Promise.resolve({ kind: 'token', token: tokens.accessToken });
        return isDead ? Promise.resolve({ kind: 'none' }) : renewOnce();
      },
      renew(refused) {
        if (!sitting.has(refused)) return Promise.resolve({ kind: 'none' });
        if (tokens && tokens.accessToken !== refused)
          return Promise.resolve({ kind: 'token', token: tokens.accessToken });
        return renewOnce();
      },
    },
    status() {
      if (!identity) return 'signed-out';
      // Until the cloud has said who it is, nothing may be sent under that sign-in.
      return isDead || isAccepting ? 'expired' : 'signed-in';
    },
    identity: () => identity,
    actor: () => identity?.sub ?? '',
    nameOf: (actor) => repositories.meta.get(`${PERSON_KEY}${actor}`) ?? '',
    may: (permission) => isPermitted(new Set(identity?.permissions), permission as Permission),
    isKeptBetweenStarts: () => vault.isPersistent,
    async restore() {
      const stored = repositories.meta.get(IDENTITY_KEY);
      const parsed = stored === null ? null : identitySchema.safeParse(JSON.parse(stored));
      identity = parsed?.success ? parsed.data : null;
      const showing = show(identity?.sub ?? '');
      if (identity && (await vault.load()) === null) isDead = true;
      changed();
      await showing;
    },
    async accept(asked, only = '') {
      const wish = (wishes += 1);
      const grant = await asked;
      if (wish !== wishes) return OVERTAKEN;
      if (grant.kind !== 'granted') return grant;
      const before = { tokens, isDead, sitting };
      const mine = newSitting();
      isAccepting = true;
      tokens = null;
      const next = await whoIs(grant.tokens.accessToken);
      if (turn !== mine) return OVERTAKEN;
      isAccepting = false;
      if (next === null) {
        ({ tokens, isDead, sitting } = before);
        return { kind: 'unreachable', message: 'the cloud did not say who this is' };
      }
      if (only !== '' && next.sub !== only) {
        ({ tokens, isDead, sitting } = before);
        return { kind: 'other-person' };
      }
      if (next.permissions.length === 0) {
        ({ tokens, isDead, sitting } = before);
        return { kind: 'not-permitted', name: next.name };
      }
      if (identity && identity.sub !== next.sub) await vault.clear();
      if (turn !== mine) return OVERTAKEN;
      hold(grant.tokens);
      const showing = keep(next);
      await store();
      changed();
      await showing;
      return { kind: 'signed-in', identity: next };
    },
    async signOut() {
      wishes += 1;
      newSitting();
      tokens = null;
      isDead = true;
      const showing = keep(null);
      await vault.clear();
      changed();
      await showing;
    },
  };
}
