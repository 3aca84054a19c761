import { writeFileSync } from 'node:fs';
import { importRuntimeBase } from '../import-runtime-base.mjs';

const FILE = 'usr/share/doc/base-files/rebuilt';

/** The same Node on system packages that were rebuilt: one file more. */
export const baseImage = {
  name: 'base-image',
  layers: ['base'],
  async upgrade({ sandbox }) {
    return {
      runtimeImage: await importRuntimeBase(sandbox, 'rebuilt', (folder) =>
        writeFileSync(`${folder}/${FILE}`, 'Packages of the system, rebuilt.\n'),
      ),
    };
  },
  async shortfall({ hasFile, read, before }) {
    if (!hasFile(FILE)) return `no ${FILE} in the container`;
    const server = await read('/v1/server');
    return server === before.server ? undefined : server;
  },
};
