import { layer as layer10 } from './corruption/corruption-layer.ts';
import { layer as layer6 } from './disk/disk-layer.ts';
import { layer as layer4 } from './faults/layer.ts';
import { layer as layer8 } from './import/layer.ts';
import { layer as layer3 } from './kills/layer.ts';
import { layer1 } from './layer-1.ts';
import { layer2 } from './layer-2.ts';
import type { Layer } from './layer.ts';
import { layer as layer9 } from './migration/migration-layer.ts';
import { layer as files } from './files/files-layer.ts';

/** Every layer of SYNC 4.2 that is a command. */
export const LAYERS: readonly Layer[] = [layer1, layer2, layer3, layer4, layer6, layer8, layer9, layer10, files];
