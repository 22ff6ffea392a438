import type { OutputFor } from '../../client/operation-types.ts';

export type ImportHeader = OutputFor<'imports.list'>['imports'][number];
export type ImportReading = NonNullable<ImportHeader['reading']>;
