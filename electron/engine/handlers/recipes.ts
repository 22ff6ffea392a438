import type { AppContract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import type { EngineContext } from './engine-context.ts';

export const recipes: Handlers<AppContract, EngineContext>['recipes'] = {
  list: (_input, { imports: { recipes: desk } }) => ({ recipes: [...desk.list()] }),
  draft: ({ importId }, { imports: { recipes: desk } }) => desk.draft(importId),
  save: ({ importId, ...wanted }, { imports: { recipes: desk } }) => desk.save(importId, wanted),
  async apply({ importId, recipe }, { imports: { recipes: desk }, host }, signal) {
    if ('id' in recipe) return desk.apply(importId, recipe, signal);
    const path = host.fileOf(recipe.file);
    return path === null ? refuse('file.gone', 'no such grant') : desk.apply(importId, { path }, signal);
  },
  wouldReread: ({ importId, recipeId }, { imports: { recipes: desk } }) => ({
    wouldReread: desk.wouldReread(importId, recipeId),
  }),
  decline: ({ importId }, { imports: { recipes: desk } }) => desk.decline(importId),
  rename: ({ id, name }, { imports: { recipes: desk } }) => desk.rename(id, name),
  remove: ({ id }, { imports: { recipes: desk } }) => desk.remove(id),
  async exportTo({ id, file }, { imports: { recipes: desk }, host }) {
    const path = host.fileOf(file);
    return path === null
      ? refuse('file.not-writable', 'no such grant', { detail: 'not chosen' })
      : desk.exportTo(id, path);
  },
  async open({ file }, { imports: { recipes: desk }, host }) {
    const path = host.fileOf(file);
    return path === null ? refuse('file.gone', 'no such grant') : desk.open(path);
  },
  learned: (_input, { imports: { recipes: desk } }) => ({ headings: [...desk.learned()] }),
  forget: ({ key }, { imports: { recipes: desk } }) => done({ forgottenCount: desk.forget(key) }),
};
