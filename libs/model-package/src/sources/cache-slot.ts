import { readFile, readlink, rm, stat, utimes, open } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';

const HEARTBEAT_MS = 5000;
/** A holder in another container shows its life by nothing but the heartbeat. */
const DEAD_AFTER_MS = 4 * HEARTBEAT_MS;

/** A folder for files on their way that one process at a time has to itself; an earlier process's partial files lie in it still. */
export interface CacheSlot extends AsyncDisposable {
  readonly folder: string;
}

interface Holder {
  readonly pid: number;
  /** When the process began, in the kernel's own count: a number may be given again. */
  readonly startedAt: string;
  /** Where its number means something: the pid namespace, else the host. */
  readonly place: string;
}

/** Slots that this process holds: two fetches at once take two. */
const held = new Set<string>();

/** Takes the first slot that no living process holds. */
export async function claimSlot(folder: string): Promise<CacheSlot> {
  const me: Holder = { pid: process.pid, startedAt: await startOf('self'), place: await placeOf() };
  for (let index = 0; ; index += 1) {
    const slot = join(folder, `slot-${index}`);
    const lock = `${slot}.lock`;
    if (held.has(lock)) continue;
    held.add(lock);
    try {
      await makeFolder(slot);
      if (await take(lock, me)) return hold(slot, lock);
    } catch (error) {
      held.delete(lock);
      throw error;
    }
    held.delete(lock);
  }
}

async function take(lock: string, me: Holder): Promise<boolean> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      await using handle = await open(lock, 'wx');
      await handle.writeFile(JSON.stringify(me));
      return true;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (await isAlive(lock, me)) return false;
    await rm(lock, { force: true });
  }
  return false;
}

function hold(folder: string, lock: string): CacheSlot {
  const beat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  beat.unref();
  return {
    folder,
    async [Symbol.asyncDispose]() {
      clearInterval(beat);
      await rm(lock, { force: true });
      held.delete(lock);
    },
  };
}

async function isAlive(lock: string, me: Holder): Promise<boolean> {
  const text = await readFile(lock, 'utf8').catch(() => '');
  const status = await stat(lock).catch(() => undefined);
  if (status === undefined) return false;
  const isFresh = new Date().getTime() - status.mtimeMs < DEAD_AFTER_MS;
  const holder = parse(text);
  if (holder === undefined) return isFresh;
  if (holder.place !== me.place) return isFresh;
  return holder.pid !== me.pid && (await startOf(String(holder.pid))) === holder.startedAt;
}

function parse(text: string): Holder | undefined {
  try {
    const { pid, startedAt, place } = JSON.parse(text) as Partial<Holder>;
    return pid === undefined || startedAt === undefined || place === undefined ? undefined : { pid, startedAt, place };
  } catch {
    return undefined;
  }
}

/** Field 22 of /proc/…/stat, counted from behind the name, which may hold anything; where there is no /proc, whether it lives. */
async function startOf(process_: string): Promise<string> {
  const text = await readFile(`/proc/${process_}/stat`, 'utf8').catch(() => '');
  if (text !== '') return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  if (process.platform === 'linux' || process_ === 'self') return process.platform === 'linux' ? 'gone' : 'lives';
  try {
    process.kill(Number(process_), 0);
    return 'lives';
  } catch {
    return 'gone';
  }
}

async function placeOf(): Promise<string> {
  return readlink('/proc/self/ns/pid').catch(() => hostname());
}
