import { layer1 } from './layer-1.ts';
import { layer2 } from './layer-2.ts';
import type { Layer } from './layer.ts';

/** Every layer of SYNC 4.2 that is a command. */
export const LAYERS: readonly Layer[] = [layer1, layer2];
