import { z } from 'zod';

/** Why a record on the screen differs from the server's. `null` means it does not. */
export const pending = z.enum(['new', 'changed', 'deleting', 'attention']).nullable();
export type Pending = z.output<typeof pending>;
