import { newModelVersion } from '../new-model-version.mjs';

const VERSION = '1.0.1';

/** Another export of the same model, under another version and digest, in place of the one before. */
export const model = {
  name: 'model',
  layers: ['models'],
  upgrade({ clone }) {
    newModelVersion(`${clone}/models/penguins`, VERSION);
    return { models: `${clone}/models` };
  },
  async shortfall({ read, before }) {
    const { version, digest } = JSON.parse(await read('/v1/models/penguins'));
    const isNew = version === VERSION && !before.penguins.endsWith(digest);
    return isNew ? undefined : `${version} ${digest}`;
  },
};
