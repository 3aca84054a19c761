import { defineConfig } from 'vitest/config';

/** One test configuration for every project: `nx test <project>` sets the root to the project's folder. */
export default defineConfig({
  resolve: { conditions: ['@web-single/source', 'node', 'import', 'default'] },
  ssr: { resolve: { conditions: ['@web-single/source', 'node', 'import', 'default'] } },
  test: {
    include: ['src/**/*.test.ts'],
    exclude: ['**/dist/**', '**/node_modules/**'],
    typecheck: { enabled: true, include: ['src/**/*.test-d.ts'], tsconfig: './tsconfig.json' },
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 100_000,
    maxWorkers: 2,
  },
});
