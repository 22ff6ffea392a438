import type { AppContract } from '../../../shared/contract/contract.ts';
import type { AccountId, ImportId } from '../../../shared/model/ids.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import { letGo, missingAccounts, takeIn } from '../sync/carry-queue.ts';
import { dropFields } from '../sync/drop-fields.ts';
import { moveChange } from '../sync/move-change.ts';
import { retryChange } from '../sync/retry.ts';
import { dependantsOf, undoChange } from '../sync/undo.ts';
import type { EngineContext } from './engine-context.ts';
import { listedChange } from './listed-change.ts';
import { readOutboxFile, writeOutboxFile } from './outbox-file.ts';

export const outbox: Handlers<AppContract, EngineContext>['outbox'] = {
  list({ accountId, offset, limit }, context) {
    const { repositories, session } = context;
    const actor = session.actor();
    const { changes, total } = repositories.outbox.page(actor, accountId, { offset, limit });
    const batches = repositories.uploads
      .list(actor, accountId)
      .filter(({ waitingCount, refusedCount, sentCount }) => waitingCount + refusedCount + sentCount > 0);
    const attention =
      repositories.outbox.counts(actor, accountId).attentionCount +
      repositories.uploads.waitingCount(actor, accountId).attentionCount;
    return {
      changes: changes.map((change) => listedChange(change, context)),
      batches: batches.map(({ importId, accountLid, undoOf, purpose, ...batch }) => {
        const { fileName, waitingCount, sentCount, refusedCount, createdAt } = batch;
        const hasPreview = undoOf === null && purpose === '';
        return {
          importId: importId as ImportId,
          accountId: accountLid as AccountId,
          accountName: repositories.accounts.key(accountLid)?.name ?? '',
          ...{ fileName, waitingCount, sentCount, refusedCount, createdAt, hasPreview },
          canUndo: waitingCount + (hasPreview ? refusedCount : 0) > 0,
        };
      }),
      total,
      attentionCount: attention,
    };
  },
  undo({ id, withDependants }, { repositories, clock, jobs, changed, scheduler }) {
    const outcome = undoChange(repositories, clock, id, withDependants);
    switch (outcome.kind) {
      case 'not-found':
        return refuse('change.not-found', id);
      case 'already-sent':
        return refuse('change.already-sent', id);
      case 'has-dependants':
        return refuse('change.has-dependants', id, { count: outcome.count });
      case 'undone':
        for (const importId of outcome.importIds) {
          const job = repositories.jobs.openOfImport(importId);
          if (job) jobs.finish(job.id, 'cancelled');
        }
        changed('outbox', 'users', 'accounts', 'sync', 'session');
        // What the person kept of the same record may stand behind it.
        scheduler.wake('change');
        return done({ undoneCount: outcome.count });
    }
  },
  get({ id }, context) {
    const change = context.repositories.outbox.get(id);
    if (!change || change.actor !== context.session.actor()) return null;
    return {
      change: listedChange(change, context),
      attempts: [...context.repositories.attempts.of(id)],
      dependants: dependantsOf(context.repositories, change).map((one) => listedChange(one, context)),
    };
  },
  dropFields({ id, fields }, context) {
    const { repositories, clock, changed, scheduler } = context;
    const change = repositories.outbox.get(id);
    if (!change) return refuse('change.not-found', id);
    if (change.state === 'inflight' || change.state === 'unknown') return refuse('change.already-sent', id);
    const isUndone = dropFields(context, change, fields) === null;
    if (isUndone) {
      const outcome = undoChange(repositories, clock, id, false);
      if (outcome.kind === 'has-dependants') return refuse('change.has-dependants', id, { count: outcome.count });
    }
    changed('outbox', 'users', 'accounts', 'sync', 'session', 'conflicts', 'history');
    scheduler.wake('change');
    return done({ isUndone });
  },
  move({ id, to }, { repositories, changed, scheduler }) {
    const change = repositories.outbox.get(id);
    if (!change) return refuse('change.not-found', id);
    const outcome = moveChange(repositories, change, to);
    if (outcome === 'already-sent') return refuse('change.already-sent', id);
    if (outcome === 'depends') return refuse('change.depends', id);
    changed('outbox');
    scheduler.wake('change');
    return done({});
  },
  exportTo({ file, remove }, context) {
    const path = context.host.fileOf(file);
    const written = path === null ? null : writeOutboxFile(context, path);
    if (written === null) return refuse('file.not-writable', file);
    if (written.length === 0) return refuse('outbox.empty', file);
    if (remove) letGo(context, written);
    context.changed('outbox', 'users', 'accounts', 'sync', 'session', 'history');
    return done({ count: written.length });
  },
  importFrom({ file }, context) {
    const path = context.host.fileOf(file);
    const document = path === null ? 'gone' : readOutboxFile(path);
    if (document === 'gone') return refuse('file.gone', file);
    if (document === null) return refuse('outbox.not-an-export', file);
    if (document.cloud !== context.config.cloud.url && !context.config.cloud.isSandbox)
      return refuse('outbox.other-cloud', document.cloud, { cloud: document.cloud });
    if (document.actor !== context.session.actor())
      return refuse('outbox.other-person', document.actorName, { name: document.actorName });
    const missing = missingAccounts(context, document.changes);
    if (missing.length > 0) return refuse('outbox.accounts-missing', missing.join(', '), { count: missing.length });
    const importedCount = takeIn(context, context.session.actor(), document.changes);
    context.changed('outbox', 'users', 'accounts', 'sync', 'session', 'history');
    context.scheduler.wake('change');
    return done({ importedCount, knownCount: document.changes.length - importedCount });
  },
  async undoImport({ importId }, { imports, repositories, changed }) {
    const batch = repositories.uploads.get(importId);
    if (!batch) return refuse('import.not-found', importId);
    const returnedCount = await imports.takeBack(importId);
    if (returnedCount === 0 && batch.waitingCount > 0) return refuse('change.already-sent', importId);
    changed('outbox', 'users', 'imports', 'jobs', 'sync', 'session', 'accounts');
    return done({ returnedCount });
  },
  retry({ id }, { repositories, scheduler, changed, identifiers }) {
    const change = repositories.outbox.get(id);
    if (!change) return refuse('change.not-found', id);
    if (change.state === 'inflight') return refuse('change.already-sent', id);
    retryChange(repositories, identifiers, change);
    changed('outbox', 'users', 'accounts', 'sync');
    scheduler.wake('change');
    return done({});
  },
};
