import { defaultClientConditions, defineConfig } from 'vite';

/** The page knows no address: it works under whatever path a gateway puts before it. */
export default defineConfig({
  base: './',
  resolve: { conditions: ['@web-single/source', ...defaultClientConditions] },
  build: { target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
});
