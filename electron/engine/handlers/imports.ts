import type { AppContract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { IMPORT_FIELDS, PORTAL_FIELDS } from '../../../shared/model/import-row.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import { accountUsers } from '../reports/account-users.ts';
import { writeImportTemplate } from '../reports/import-template.ts';
import type { EngineContext } from './engine-context.ts';

export const imports: Handlers<AppContract, EngineContext>['imports'] = {
  list: async ({ accountId }, { imports: desk }) => ({ imports: [...(await desk.list(accountId))] }),
  prepare: (_input, { imports: desk }) => {
    desk.prepare();
    return done({});
  },
  get: ({ id }, { imports: desk }) => desk.get(id),
  seats: async ({ id }, { imports: desk }) => ({ seats: [...(await desk.seats(id))] }),
  rows: (page, { imports: desk }) => desk.rows(page),
  findRow: (search, { imports: desk }) => desk.findRow(search),
  open: ({ accountId, file }, { imports: desk }, signal) => desk.open({ accountLid: accountId, grant: file }, signal),
  openText: ({ accountId, text }, { imports: desk }, signal) => desk.openText({ accountLid: accountId, text }, signal),
  reread: ({ id, ...choice }, { imports: desk }, signal) => desk.reread(id, choice, signal),
  editCell: (cell, { imports: desk }) => desk.editCell(cell),
  addRow: ({ id }, { imports: desk }) => desk.addRow(id),
  deleteRows: ({ id, rowIds }, { imports: desk }) => desk.deleteRows(id, rowIds),
  replace: (search, { imports: desk }) => desk.replace(search),
  fillRange: (fill, { imports: desk }) => desk.fillRange(fill),
  pasteRange: (paste, { imports: desk }) => desk.pasteRange(paste),
  copyRange: (range, { imports: desk }) => desk.copyRange(range),
  deleteRange: (range, { imports: desk }) => desk.deleteRange(range),
  cleanings: async ({ id }, { imports: desk }) => ({ cleanings: [...(await desk.cleanings(id))] }),
  keepOriginal: ({ id, code }, { imports: desk }) => desk.keepOriginal(id, code),
  suggestions: async ({ id }, { imports: desk }) => ({ suggestions: [...(await desk.suggestions(id))] }),
  applySuggestion: ({ id, suggestion }, { imports: desk }) => desk.applySuggestion(id, suggestion),
  undo: ({ id, direction }, { imports: desk }) => desk.undo(id, direction),
  setExisting: ({ id, existing, rowIds }, { imports: desk }) => desk.setExisting(id, existing, rowIds),
  recheck: ({ id, accept }, { imports: desk }) => desk.recheck(id, accept),
  async upload({ id, ...pace }, { imports: desk, may }) {
    // Rows that change users need the permission for that too; without it nothing of the import goes.
    if (((await desk.get(id))?.changeCount ?? 0) > 0 && !may('users.edit'))
      return refuse('permission.denied', 'users.edit', { permission: 'users.edit' });
    return desk.upload(id, pace);
  },
  async savePlan({ id, file }, { imports: desk, host }) {
    const path = host.fileOf(file);
    return path === null
      ? refuse('file.not-writable', 'no such grant', { detail: 'not chosen' })
      : desk.savePlan(id, path);
  },
  async openPlan({ file }, { imports: desk, host }) {
    const path = host.fileOf(file);
    return path === null ? refuse('file.gone', 'no such grant') : desk.openPlan(path);
  },
  cancel: ({ id }, { imports: desk }) => desk.cancel(id),
  async saveTemplate({ accountId, file, withUsers, withOptional }, { repositories, host }) {
    const account = repositories.accounts.key(accountId);
    if (!account) return refuse('account.not-found', accountId);
    const path = host.fileOf(file);
    if (path === null) return refuse('file.not-writable', 'no such grant', { detail: 'not chosen' });
    const users = withUsers ? accountUsers(repositories.users, account.rowid) : [];
    const choices = repositories.accounts.choices(accountId);
    const fields = withOptional ? IMPORT_FIELDS : PORTAL_FIELDS;
    const written = await writeImportTemplate({ path, users, fields, choices });
    return written.ok
      ? done({ userCount: written.userCount })
      : refuse('file.not-writable', written.detail, { detail: written.detail });
  },
};
