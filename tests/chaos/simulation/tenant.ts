import { seededRandom } from '../../harness/seeded-random.ts';
import { COLLECTIONS } from './collections.ts';
import type { Setup } from './plan.ts';
import { createVirtualCloud, emptyState, PEOPLE, PORTAL, type CloudState } from './virtual-cloud.ts';

/** A tenant with one customer and a few users. */
export function tenant(userCount: number, setup: Setup, startAt: number): CloudState {
  const state = emptyState();
  const settings = { ...setup, blindListing: 'none' as const, capabilities: setup.capabilities };
  const cloud = createVirtualCloud({ state, settings, now: () => startAt, committed: () => undefined });
  const address = { country: 'GB', street: '1 Quay', city: 'Harbour', stateOrProvince: '', zipCode: 'H1' };
  const fields = {
    ...COLLECTIONS.account.blank,
    ...address,
    name: 'Harbour',
    supportContacts: ['help@harbour.example'],
  };
  const { sid } = cloud.add('account', '', COLLECTIONS.account.toWire(fields), PORTAL);
  const random = seededRandom(7);
  for (let index = 1; index <= userCount; index += 1) {
    const names = { firstName: `First${index}`, lastName: `Last${index}`, name: `First${index} Last${index}` };
    const mobile = `+1555${1000 + Math.floor(random() * 9000)}`;
    cloud.add(
      'user',
      sid,
      { ...names, email: `user${index}@harbour.example`, role: 'USER', mobile, extension: '' },
      PORTAL,
    );
  }
  for (const [index, { sub }] of PEOPLE.entries())
    for (const client of [0, 1]) state.refresh.set(refreshTokenOf(client, index), { sub, rotatedAt: null });
  return state;
}

/** What the keychain of a program holds at the start. */
export function refreshTokenOf(client: number, person: number): string {
  return `kept-${client}-${person}`;
}
