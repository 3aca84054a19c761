import { readFileSync } from 'node:fs';
import { edit } from '../edit.mjs';

/** A patch of the lib under a version of its own, as `release.mjs --projects=preprocessing` gives it. */
export const preprocessing = {
  name: 'preprocessing',
  isPatch: true,
  layers: ['preprocessing'],
  upgrade({ clone }) {
    const lib = `${clone}/libs/preprocessing`;
    const { version } = JSON.parse(readFileSync(`${lib}/package.json`, 'utf8'));
    const next = nextPatch(version);
    edit(`${lib}/package.json`, `"version": "${version}"`, `"version": "${next}"`);
    edit(
      `${lib}/src/steps/postprocess/softmax.ts`,
      'probabilities over the last axis.',
      'probabilities along the last axis.',
    );
    const entry = `"name": "@web-single/preprocessing",\n      "version": `;
    edit(`${clone}/package-lock.json`, `${entry}"${version}"`, `${entry}"${next}"`);
    return { version: next };
  },
  async shortfall({ read, upgraded }) {
    const { components } = JSON.parse(await read('/v1/server'));
    return components.preprocessing === upgraded.version ? undefined : JSON.stringify(components);
  },
};

function nextPatch(version) {
  const [major, minor, patch] = version.split('.').map(Number);
  return `${major}.${minor}.${patch + 1}`;
}
