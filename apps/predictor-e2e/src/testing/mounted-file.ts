import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file as Kubernetes mounts it from a ConfigMap: a link to a link, and a change swaps the link in the middle. */
export interface MountedFile extends AsyncDisposable {
  readonly path: string;
  readonly write: (text: string) => Promise<void>;
}

export async function mountFile(name: string, text: string): Promise<MountedFile> {
  const folder = await mkdtemp(join(tmpdir(), 'mounted-'));
  let generation = 0;
  const write = async (content: string): Promise<void> => {
    const next = `..generation-${(generation += 1)}`;
    await mkdir(join(folder, next));
    await writeFile(join(folder, next, name), content);
    await symlink(next, join(folder, '..next'));
    await rename(join(folder, '..next'), join(folder, '..data'));
  };
  await write(text);
  await symlink(join('..data', name), join(folder, name));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  return { path: join(folder, name), write, [Symbol.asyncDispose]: remove };
}
