import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const below = {
  tensor: [],
  signature: ['tensor'],
  preprocessing: ['tensor'],
  'model-package': ['tensor', 'signature', 'preprocessing'],
  'model-runtime': ['tensor', 'signature', 'preprocessing', 'model-package'],
  serving: ['tensor', 'signature', 'preprocessing', 'model-package', 'model-runtime'],
  contract: ['tensor', 'signature'],
  sdk: [],
  predictor: ['tensor', 'signature', 'preprocessing', 'model-package', 'model-runtime', 'serving', 'contract'],
  'predictor-e2e': ['predictor', 'sdk', 'contract', 'model-package'],
  benchmarks: ['tensor', 'signature', 'preprocessing', 'model-package', 'contract'],
  playground: ['sdk', 'contract', 'signature', 'tensor'],
  'example-web': ['sdk'],
  'nx-plugin': ['tensor', 'signature', 'preprocessing', 'model-package', 'model-runtime', 'contract'],
};

/** Which packages from outside a project may import; everything else that is not ours and not Node's is an error. */
const allowedExternal = {
  tensor: [],
  signature: [],
  preprocessing: ['sharp', 'zod'],
  'model-package': ['aws4', 'modern-tar', 'yaml', 'zod'],
  'model-runtime': ['onnxruntime-node'],
  serving: [],
  contract: ['zod', '@ts-rest/core', '@bufbuild/protobuf', '@bufbuild/protobuf/wire'],
  sdk: ['@grpc/grpc-js', '@tanstack/query-core', '@tanstack/react-query'],
  predictor: ['@bufbuild/protobuf', '@bufbuild/protobuf/reflect', '@bufbuild/protobuf/wkt', '@grpc/grpc-js', '@nestjs/*', '@fastify/*', 'fastify', 'commander', 'pino', 'prom-client', 'reflect-metadata', 'rxjs', 'zod'],
  'predictor-e2e': ['@bufbuild/protobuf', '@grpc/grpc-js'],
  benchmarks: ['@bufbuild/protobuf', '@grpc/grpc-js', 'fastify', 'onnxruntime-node'],
  playground: ['@axe-core/playwright', 'playwright-core', 'preact', 'preact/*', 'udsv', 'vite'],
  'example-web': ['react', 'react-dom', 'react-dom/*', '@tanstack/react-query', 'vite'],
  'nx-plugin': ['@nx/devkit', '@nx/devkit/*'],
};

const restrictedImports = [{ group: ['@web-single/*/src/*', '@web-single/*/dist/*', '../../../libs/*'], message: 'Import a lib by its name only.' }];

const testsMayImport = ['vitest', 'fast-check'];

const boundaries = Object.keys(below).map((project) => ({
  sourceTag: `scope:${project}`,
  onlyDependOnLibsWithTags: [project, ...below[project]].map((name) => `scope:${name}`),
  allowedExternalImports: [...allowedExternal[project], ...testsMayImport, 'node:*'],
}));

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/tmp/**', '**/generated/**', 'libs/*/assembly/**', '.nx/**', '**/*.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,tsx,mts,mjs,js}'],
    plugins: { '@nx': nx },
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'URL', 'Buffer', 'setTimeout', 'clearTimeout', 'setImmediate', 'fetch', 'performance', 'AbortSignal', 'AbortController', 'Response', 'Headers', 'TextDecoder', 'TextEncoder', 'structuredClone'].map((name) => [name, 'readonly']),
      ),
    },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: [], banTransitiveDependencies: false, checkDynamicDependenciesExceptions: ['.*'], depConstraints: boundaries }],
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', { max: 4 }],
      'no-restricted-imports': ['error', { patterns: restrictedImports }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'ExportAllDeclaration', message: 'Name what is exported.' },
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Durations come from a monotonic clock.' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
    },
  },
  {
    files: ['libs/sdk/src/**/*.ts'],
    ignores: ['libs/sdk/src/grpc/**', '**/*.test.ts', '**/*.test-d.ts', '**/testing/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [...restrictedImports, { group: ['@grpc/*', '@tanstack/*', 'node:*', '**/grpc/**'], message: 'All entries but gRPC run in browsers, without dependencies.' }] }] },
  },
  {
    files: ['**/*.test.ts', '**/*.test-d.ts', '**/*.suite.ts', '**/testing/**'],
    rules: { 'max-lines': ['error', { max: 400 }], 'max-lines-per-function': 'off' },
  },
  {
    files: ['*.config.{ts,mjs}', 'tools/**', '**/*.config.mjs'],
    rules: { 'no-restricted-syntax': 'off', 'no-undef': 'off' },
  },
  {
    // Scripts as the others in tools/, of which only this folder is a project.
    files: ['tools/nx-plugin/prove.mjs', 'tools/nx-plugin/prove/**'],
    rules: { '@nx/enforce-module-boundaries': 'off' },
  },
);
