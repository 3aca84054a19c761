import { rmdirSync, writeFileSync } from 'node:fs';
import { watchParent } from './process/orphan-watch.ts';
import { serveEngine } from './process/serve-engine.ts';

/** The entry of an engine process: serves one model over file descriptor 3 until that closes. */
const channelDescriptor = 3;

/** Under memory pressure the kernel takes an engine, which is respawned, before the front, which is not. */
const offerToKernel = (): void => {
  try {
    writeFileSync('/proc/self/oom_score_adj', '500');
  } catch {
    // Only Linux has it, and some containers mount it read-only.
  }
};

/** The front removes this folder, unless it died first. */
const removeFolder = (): void => {
  try {
    rmdirSync(process.cwd());
  } catch {
    // It is gone already, or not empty and so not ours.
  }
};

process.on('exit', removeFolder);
// Ctrl-C in a terminal reaches every process of the group: the front still answers what it admitted, and then closes this one.
process.on('SIGINT', () => undefined);
offerToKernel();
// Before the model is loaded: already its first run may never end.
serveEngine(channelDescriptor, { onFirstRequest: watchParent });
