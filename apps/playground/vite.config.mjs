import { defineConfig } from 'vite';

/** Where a predictor listens, for `vite` and `vite preview`. */
const predictorUrl = process.env.PREDICTOR_URL ?? 'http://127.0.0.1:3000';
const proxy = Object.fromEntries(
  ['/v1', '/v2', '/openapi.json', '/docs', '/readyz'].map((path) => [path, { target: predictorUrl }]),
);

/** A static page: relative URLs, hashed names, nothing inline, so that it runs under the strictest policy and any prefix. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  resolve: { conditions: ['@web-single/source', 'module', 'browser', 'import', 'default'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { host: '127.0.0.1', proxy },
  preview: { host: '127.0.0.1', proxy },
});
