import type { Capabilities } from '../../../shared/cloud/wire.ts';
import { isAboutAbilities, operationsOf, placeOf, type WireOperation } from './cloud-requests.ts';
import { COLLECTIONS, type Fields } from './collections.ts';
import type { Intents } from './intents.ts';
import type { RunRecord } from './record-of-run.ts';
import { createSentKeys } from './sent-keys.ts';
import type { CloudAnswer, Commit, VirtualCloud } from './virtual-cloud.ts';
import type { Exchange, Outcome, RetryAfter } from './wire.ts';

type Attempt = {
  readonly key: string | null;
  readonly ifMatch: string | null;
  readonly content: string;
  readonly exchange: Exchange;
  fate: 'open' | 'judged' | 'held-back' | 'nothing';
  /** What became of the attempt before was not known when this one left. */
  readonly wasInDoubt: boolean;
  /** The cloud was asked what it has since this attempt. */
  isLooked: boolean;
  /** In this life the program was shown the record with our reference on it. */
  shownInLife: number;
};

type Look = { readonly seq: number; isDelivered: boolean; isSpent: boolean };

export type Looks = ReturnType<typeof createLooks>;

const MOST_AT_ONCE = 60;

/** Judges every request at the moment it leaves: I8, I10 and the parent's half of I7. Remembers who has looked at what. */
export function createLooks(options: {
  readonly cloud: () => VirtualCloud;
  readonly intents: Intents;
  readonly run: RunRecord;
  readonly now: () => number;
  /** A laptop whose clock was set cannot know how old a key is. */
  readonly hasJumped: (client: number) => boolean;
}) {
  const { cloud, intents, run, now, hasJumped } = options;
  const exchanges = new Map<number, Exchange>();
  /** Of a record, by person: each has a queue of their own. */
  const lanes = new Map<string, Map<string, Attempt>>();
  const attemptsOf = new Map<number, readonly Attempt[]>();
  const keys = createSentKeys(cloud);
  const looks = new Map<string, Look>();
  /** The look that a write was made on, while no other attempt came between. */
  const groundOf = new Map<number, Map<string, Look>>();
  const gates = new Map<number, number>();
  /** In which life of the program a person is signing in: that opens the gate when it is done, whatever closes it meanwhile. */
  const signingIn = new Map<number, number>();
  /** What the cloud told each life of a program of itself. */
  const told = new Map<string, Capabilities>();
  /** Programs that were once told no: what they prepared then goes as it was prepared, in later lives too. */
  const misled = new Set<number>();
  let isFirstCloud = true;
  const bursts = new Map<number, { at: number; count: number }>();

  function laneOf(client: number, operation: WireOperation): string {
    if (operation.op !== 'add') return intents.laneOf(client, operation.sid);
    const { fromWire, blank } = COLLECTIONS[operation.type];
    const intent = intents.createOf(client, operation.type, { ...blank, ...fromWire(operation.body) } as Fields);
    return `${client} +${intent?.order ?? 0}`;
  }

  function judgeWrite(exchange: Exchange, operation: WireOperation): void {
    const { client } = exchange;
    const lane = laneOf(client, operation);
    const who = cloud().state.holders.get(exchange.request.headers['authorization']?.slice(7) ?? '') ?? '';
    const last = lanes.get(lane)?.get(who);
    const { key, ifMatch, op, sid, body } = operation;
    const content = JSON.stringify([op, sid, body]);
    if (operation.type === 'user' && !cloud().state.records.has(operation.parent) && !wasThere(operation.parent))
      run.fail('I7', `c${client} sent a child of an account that the cloud does not have: ${content}`);
    if (op === 'add' && last?.content !== content && isToldOf(exchange)) {
      if (body['externalRef'] === undefined)
        run.fail('L16', `c${client} sent ${content} without our reference, which the cloud would keep`);
    }
    if (op === 'add' && last?.shownInLife === exchange.life)
      run.fail('L16', `c${client} sent ${content} again, which the cloud had shown with our reference`);
    const isTwo = last?.fate === 'open' && last.exchange.life === exchange.life && !last.exchange.isAbandoned;
    if (isTwo && isBeyondSight(client, operation, last)) run.count('exempt: a record that its create cannot know');
    else if (isTwo) run.fail('I8', `c${client} has two requests under way for ${lane}`);
    const other = key === null ? null : keys.sent(client, key, `${content} ${ifMatch}`);
    if (other !== null)
      run.fail('I8', `c${client} used key ${key?.slice(-6)} for two requests: ${other} and ${content} ${ifMatch}`);
    // Without a reference the program cannot know that the record it works on is the one of its create: each has its own doubts.
    const before = knowsOwn() ? last : lanes.get(lane)?.get(`${who} ${kindOf(op)}`);
    const inDoubt = before !== undefined && isInDoubt(before);
    if (key !== null && before?.isLooked && before.key === key) keys.sentAfterLook(client, key);
    if (inDoubt) {
      const isSame = key === before.key && content === before.content && ifMatch === before.ifMatch;
      const isRepeat = key !== null && isSame && (!keys.isOutlived(client, key) || hasJumped(client));
      if (!isRepeat)
        run.fail('I8', `c${client} sent ${content}, not knowing what became of ${before.content}, without a look`);
    }
    const attempt: Attempt = {
      key,
      ifMatch,
      content,
      exchange,
      fate: 'open',
      isLooked: false,
      shownInLife: -1,
      wasInDoubt: inDoubt,
    };
    const attempts = lanes.get(lane) ?? new Map<string, Attempt>();
    lanes.set(lane, attempts.set(who, attempt).set(`${who} ${kindOf(op)}`, attempt));
    attemptsOf.set(exchange.request.id, [...(attemptsOf.get(exchange.request.id) ?? []), attempt]);
    const look = looks.get(lane);
    if (look?.isDelivered && !look.isSpent) {
      look.isSpent = true;
      const grounds = groundOf.get(exchange.request.id) ?? new Map<string, Look>();
      groundOf.set(exchange.request.id, grounds.set(sid, look));
    }
  }

  /** The program knows that this cloud keeps references. */
  function isToldOf({ client, life }: Exchange): boolean {
    return !misled.has(client) && told.get(`${client} ${life}`)?.externalRef === true;
  }

  function knowsOwn(): boolean {
    return cloud().settings.capabilities.externalRef;
  }

  function kindOf(op: WireOperation['op']): 'create' | 'change' {
    return op === 'add' ? 'create' : 'change';
  }

  /**
   * A create that left no reference, and whose answer never came: its repeat, or the look for it, comes while the person works on what
   * looks like somebody else's record. (`watch-commits` judges a second record.)
   */
  function isBeyondSight(client: number, operation: WireOperation, last: Attempt): boolean {
    const add = operation.op === 'add' ? operation : operationsOf(last.exchange.request).find(({ op }) => op === 'add');
    if (!add || (operation.op === 'add') === last.content.startsWith('["add"')) return false;
    const { fromWire, blank } = COLLECTIONS[add.type];
    const sid = intents.createOf(client, add.type, { ...blank, ...fromWire(add.body) } as Fields)?.createdSid ?? null;
    const record = sid === null ? undefined : cloud().state.records.get(sid);
    return record !== undefined && record.externalRef === null;
  }

  function wasThere(sid: string): boolean {
    return cloud().state.tombstones.some((stone) => stone.sid === sid);
  }

  function judgePace({ client, life, request }: Exchange): void {
    const gate = gates.get(client) ?? 0;
    // A renewal of the sign-in belongs to a request that was under way when the pause began.
    if (now() < gate && signingIn.get(client) !== life && !request.target.endsWith('/token'))
      run.fail('I10', `c${client} sent #${request.id} ${gate - now()} ms before it may`);
    const burst = bursts.get(client);
    if (!burst || burst.at !== now()) bursts.set(client, { at: now(), count: 1 });
    else if ((burst.count += 1) === MOST_AT_ONCE) run.fail('I10', `c${client} sends without a pause`);
  }

  /** What a delivered answer shows of the records of a client. */
  function learn({ client, life, request }: Exchange, answer: CloudAnswer): void {
    const place = placeOf(request.target);
    if (!place || request.method !== 'GET' || answer.status >= 500) return;
    const [sid] = place.rest;
    const filter = new URLSearchParams(request.target.split('?')[1]).get('$filter');
    if (filter !== null) {
      // A search answers for creates of this place.
      for (const attempt of [...lanes.values()].flatMap((of) => [...of.values()])) {
        if (attempt.exchange.client !== client || !attempt.content.startsWith('["add"')) continue;
        if (placeOf(attempt.exchange.request.target)?.parent === place.parent) attempt.isLooked = true;
      }
      return;
    }
    const shown = sid !== undefined && sid !== 'changes' ? [sid] : shownIn(answer.body);
    for (const one of shown) {
      const isOurs = cloud().settings.capabilities.externalRef && cloud().state.records.get(one)?.externalRef != null;
      for (const attempt of lanes.get(intents.laneOf(client, one))?.values() ?? []) {
        attempt.isLooked = true;
        if (isOurs && sid === undefined && !isRow(attempt)) attempt.shownInLife = life;
      }
    }
  }

  /** Rows of uploads go by rounds of their own. */
  function isRow({ content }: Attempt): boolean {
    return content.includes('@upload.example');
  }

  return {
    exchange: (request: number): Exchange | undefined => exchanges.get(request),
    isKeyed: (request: number): boolean => {
      const sent = exchanges.get(request)?.request;
      const [operation] = sent ? operationsOf(sent) : [];
      const key = operation?.key ?? null;
      if (key === null || !cloud().settings.capabilities.idempotencyKey) return false;
      return keys.isKept(exchanges.get(request)?.client ?? -1, key);
    },
    issued(exchange: Exchange): void {
      exchanges.set(exchange.request.id, exchange);
      run.count('requests');
      judgePace(exchange);
      for (const operation of operationsOf(exchange.request)) judgeWrite(exchange, operation);
    },
    executed(exchange: Exchange, answer: CloudAnswer): void {
      const place = placeOf(exchange.request.target);
      const [sid] = place?.rest ?? [];
      if (exchange.request.method !== 'GET' || sid === undefined || sid === 'changes' || answer.status !== 200) return;
      looks.set(intents.laneOf(exchange.client, sid), { seq: cloud().state.seq, isDelivered: false, isSpent: false });
    },
    ended(exchange: Exchange, outcome: Outcome, answer: CloudAnswer | null): void {
      const { client, request } = exchange;
      for (const attempt of attemptsOf.get(request.id) ?? []) attempt.fate = outcome;
      if (isAboutAbilities(request) && answer && answer.status !== 200) misled.add(client);
      if (outcome !== 'judged' || !answer) return;
      if (isAboutAbilities(request) && answer.status === 200) {
        const { idempotencyTtlSeconds } = answer.body as { readonly idempotencyTtlSeconds: number };
        keys.heard(client, idempotencyTtlSeconds);
        if (isFirstCloud) told.set(`${client} ${exchange.life}`, cloud().settings.capabilities);
      }
      const [sid] = placeOf(request.target)?.rest ?? [];
      const look = request.method === 'GET' && sid !== undefined ? looks.get(intents.laneOf(client, sid)) : undefined;
      if (look) look.isDelivered = true;
      learn(exchange, answer);
    },
    heldBack(client: number, { seconds, form }: RetryAfter): void {
      if (form !== 'absent') gates.set(client, Math.max(gates.get(client) ?? 0, now() + seconds * 1000));
    },
    /** A person asked, or the laptop's clock was set, so the time does not hold. */
    openGate(client: number): void {
      gates.delete(client);
    },
    /** Rows of uploads whose fate is not known: what was sent of them is not stored. */
    hasRowsInDoubt: (): boolean =>
      [...lanes.values()].some((of) => [...of.values()].some((one) => isRow(one) && one.fate !== 'judged')),
    /** What was marked as sent to the one before goes to this one as it was. */
    cloudIsAnother(): void {
      isFirstCloud = false;
      told.clear();
    },
    /** A sign-in opens the gate once more when it is done. */
    signsIn: (client: number, life: number): void => void signingIn.set(client, life),
    hasSignedIn(client: number, life: number): void {
      gates.delete(client);
      if (signingIn.get(client) === life) signingIn.delete(client);
    },
    /** The record as the program saw it right before this write, where no ETag guards it. */
    fieldsAtLook({ request, sid, before }: Commit, log: readonly Commit[]): Fields | null {
      const look = groundOf.get(request)?.get(sid);
      // A cloud without ETags takes no notice of one.
      if (!look || cloud().settings.capabilities.etag) return null;
      const later = log.find((commit) => commit.sid === sid && commit.seq > look.seq);
      return later ? later.before : before;
    },
  };
}

/** Nobody knows whether the attempt was executed. A push-back says so only of itself. */
function isInDoubt({ fate, isLooked, wasInDoubt }: Attempt): boolean {
  return !isLooked && (fate === 'nothing' || (fate === 'held-back' && wasInDoubt));
}

function shownIn(body: unknown): readonly string[] {
  const { items, _embedded } = body as { items?: unknown[]; _embedded?: { items: unknown[] } };
  const rows = (items ?? _embedded?.items ?? []) as Record<string, unknown>[];
  return rows.map((row) => {
    const inner = (row['body'] ?? row) as Record<string, unknown>;
    return (inner['userId'] ?? inner['accountId'] ?? '') as string;
  });
}
