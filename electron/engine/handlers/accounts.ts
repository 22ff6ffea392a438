import type { AppContract } from '../../../shared/contract/contract.ts';
import { checkAccount } from '../../../shared/model/account-rules.ts';
import type { AccountField, AccountFields } from '../../../shared/model/account.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import { isEqual } from '../domain/merge.ts';
import type { EngineContext } from './engine-context.ts';

export const accounts: Handlers<AppContract, EngineContext>['accounts'] = {
  list({ state, search, offset, limit }, { repositories, session }) {
    const { rows, total } = repositories.accounts.list(state, search, { offset, limit });
    const actor = session.actor();
    return {
      ...repositories.accounts.counts(),
      total,
      rows: rows.map((row) => {
        const key = repositories.accounts.key(row.id);
        const queued = repositories.outbox.counts(actor, row.id);
        const imported = repositories.uploads.waitingCount(actor, row.id);
        const { id, name, serverId, accountNumber, isPartnerAccount, city, country, modifiedAt, pending } = row;
        return {
          ...{
            id,
            name,
            serverId,
            accountNumber,
            state: row.state,
            isPartnerAccount,
            city,
            country,
            modifiedAt,
            pending,
          },
          userCount: key && isFetched(key.sid, repositories) ? repositories.users.countIn(key.rowid) : null,
          waitingCount: queued.waitingCount + imported.waitingCount,
          attentionCount: queued.attentionCount + imported.attentionCount,
        };
      }),
    };
  },
  get({ id }, { repositories, scheduler }) {
    scheduler.prefer(id);
    return repositories.accounts.get(id);
  },
  add({ fields }, { recorder, changed }) {
    const cleaned = clean(fields);
    const [problem] = checkAccount(cleaned);
    if (problem)
      return refuse('account.invalid', `${problem.field}: ${problem.problem}`, {
        field: problem.field,
        problem: problem.problem,
        value: problem.value,
      });
    const id = recorder.create('account', null, cleaned) as AccountId;
    changed('accounts', 'outbox', 'sync', 'session');
    return done({ id });
  },
  edit({ id, changes, seen }, { repositories, recorder, changed }) {
    const current = repositories.accounts.get(id);
    if (!current) return refuse('account.not-found', id);
    if (current.state === 'DEACTIVATED') return refuse('account.deactivated', id, { name: current.name });
    const view = fieldsOf(current);
    const stale = (Object.keys(seen) as AccountField[]).find(
      (field) => field in changes && !isEqual(seen[field], view[field]),
    );
    if (stale) return refuse('edit.stale', stale, { field: stale, value: String(view[stale]) });
    const next = clean({ ...view, ...defined(changes) });
    const patch = Object.fromEntries(
      Object.entries(next).filter(([field, value]) => !isEqual(value, view[field as AccountField])),
    );
    if (Object.keys(patch).length === 0) return refuse('edit.nothing-changed', id);
    // What the server holds may break a rule already; only what the person touched is judged.
    const problem = checkAccount(next).find(({ field }) => field in patch);
    if (problem)
      return refuse('account.invalid', `${problem.field}: ${problem.problem}`, {
        field: problem.field,
        problem: problem.problem,
        value: problem.value,
      });
    recorder.patch('account', { lid: id, accountLid: null }, patch, view);
    changed('accounts', 'outbox', 'sync', 'session');
    return done({});
  },
};

/** A record that exists only here has no users over there to be fetched. */
function isFetched(sid: string | null, { cursors }: EngineContext['repositories']): boolean {
  return sid === null || cursors.get(`users:${sid}`).syncedAt !== null;
}

function fieldsOf(account: AccountFields): AccountFields {
  const { name, country, street, city, stateOrProvince, zipCode, languageCode, businessType, supportContacts } =
    account;
  return { name, country, street, city, stateOrProvince, zipCode, languageCode, businessType, supportContacts };
}

function clean(fields: AccountFields): AccountFields {
  const { supportContacts, ...texts } = fields;
  const trimmed = Object.fromEntries(Object.entries(texts).map(([field, value]) => [field, value.trim()]));
  return { ...(trimmed as typeof texts), supportContacts: supportContacts.map((contact) => contact.trim()) };
}

function defined(changes: { [K in AccountField]?: AccountFields[K] | undefined }): Partial<AccountFields> {
  return Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Partial<AccountFields>;
}
