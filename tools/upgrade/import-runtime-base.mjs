import { run } from '../image/prove/commands.mjs';

/** The stand-in's runtime base with a change; returns its image's name. `change` gets the folder of its files. */
export async function importRuntimeBase(sandbox, name, change) {
  const folder = sandbox.path(`bases/runtime-${name}`);
  // Links, not copies: a change must replace files, never write into them.
  await run('cp', ['--archive', '--link', sandbox.path('bases/amd64/runtime'), folder]);
  change(folder);
  const tarball = `${folder}.tar`;
  await run('tar', ['cf', tarball, '--sort=name', '--mtime=@0', '--numeric-owner', '-C', folder, '.']);
  const image = `localhost/stand-in/runtime:${name}`;
  const settings = ['ENV PATH=/nodejs/bin', 'USER 65532', 'ENTRYPOINT ["/nodejs/bin/node"]'].flatMap((line) => [
    '-c',
    line,
  ]);
  await run('podman', ['import', '--quiet', '--arch', 'amd64', ...settings, tarball, image]);
  await run('rm', ['-rf', folder, tarball]);
  return image;
}
