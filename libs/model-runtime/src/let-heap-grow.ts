import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8's old generation grow to three times what is alive before it is marked. V8 counts the buffers of large bodies and batches
 * as its own: eight callers with tensors of 600 kB had it mark the whole heap at every sixth request, 7 of the front's 10 ms for each.
 * To be called when all is loaded: V8 takes no compiled code that was made under other flags, neither what Node brings of its own
 * modules nor what an earlier start kept of ours.
 */
export const letHeapGrow = (): void => setFlagsFromString('--heap-growing-percent=200');
