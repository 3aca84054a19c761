import { edit } from '../edit.mjs';

/** A patch of the app: the title of its API page. */
export const restCode = {
  name: 'rest-code',
  isPatch: true,
  layers: ['app'],
  upgrade({ clone }) {
    edit(`${clone}/apps/predictor/src/rest/docs-page.ts`, '<title>web-single API<', '<title>web-single API page<');
    return {};
  },
  /** Undefined where the running server shows the new state, else what it shows. */
  async shortfall({ read }) {
    const page = await read('/docs');
    return page.includes('<title>web-single API page<') ? undefined : page.slice(0, 300);
  },
};
