import { defaultClientConditions, defineConfig } from 'vite';

/** A predictor that runs already; the page then has the same origin as what it calls. */
const proxy = { '/v1': process.env.PREDICTOR_URL ?? 'http://127.0.0.1:3000' };

export default defineConfig({
  // The SDK is read from its sources: no build before this one.
  resolve: { conditions: ['@web-single/source', ...defaultClientConditions] },
  server: { proxy },
  preview: { proxy },
  build: { target: 'es2022', rolldownOptions: { onLog } },
});

/** Libraries for React say "use client", which means something to servers only. */
function onLog(level, log, report) {
  if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
}
