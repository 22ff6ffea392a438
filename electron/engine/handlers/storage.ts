import type { AppContract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { done } from '../../../shared/rpc/outcome.ts';
import type { EngineContext } from './engine-context.ts';

export const storage: Handlers<AppContract, EngineContext>['storage'] = {
  state: (_input, { storage }) => {
    const { rescues, warnings, ...rest } = storage.state();
    return { ...rest, rescues: [...rescues], warnings: [...warnings] };
  },
  verify: async (_input, { storage }) => done(await storage.verify()),
  async rebuildCache(_input, { storage }) {
    await storage.rebuildCache();
    return done({});
  },
  acknowledge({ id }, { storage, changed }) {
    storage.acknowledge(id);
    changed('storage');
    return done({});
  },
};
