import { join } from 'node:path';
import { workspaceRoot } from '../server-process.ts';
import { mlpFolder } from './make-mlp.ts';
import type { Workload } from './workload.ts';

const penguins = join(workspaceRoot, 'models/penguins');
const digits = join(workspaceRoot, 'models/digits');
const cnn = join(workspaceRoot, 'benchmarks/models/cnn');
const tensor = { packageFolder: cnn, rowsPerRequest: 1, shortConcurrencies: [8], shortLatency: false } as const;

export const workloads: readonly Workload[] = [
  {
    name: 'penguins-row',
    title: 'penguins, one row, JSON',
    packageFolder: penguins,
    carriage: 'rows',
    rowsPerRequest: 1,
    shortConcurrencies: [1, 8, 64],
    shortLatency: true,
  },
  {
    name: 'penguins-64-rows',
    title: 'penguins, 64 rows, JSON',
    packageFolder: penguins,
    carriage: 'rows',
    rowsPerRequest: 64,
    shortConcurrencies: [8],
    shortLatency: false,
  },
  {
    name: 'digits-png',
    title: 'digits, PNG',
    packageFolder: digits,
    carriage: 'image',
    mediaType: 'image/png',
    rowsPerRequest: 1,
    shortConcurrencies: [8],
    shortLatency: false,
  },
  {
    name: 'cnn-jpeg',
    title: '224 x 224 network of some 10 ms, 640 x 480 JPEG',
    packageFolder: cnn,
    carriage: 'image',
    mediaType: 'image/jpeg',
    rowsPerRequest: 1,
    shortConcurrencies: [1, 8],
    shortLatency: true,
  },
  {
    ...tensor,
    name: 'cnn-tensor-binary',
    title: 'the same network, 600 kB FP32 tensor, binary',
    carriage: 'tensor-binary',
  },
  { ...tensor, name: 'cnn-tensor-json', title: 'the same network, the tensor as JSON', carriage: 'tensor-json' },
  { ...tensor, name: 'cnn-tensor-grpc', title: 'the same network, the tensor over gRPC', carriage: 'tensor-grpc' },
  {
    name: 'mlp-50mb',
    title: 'perceptron of 50 MB of weights, 32 numbers, JSON',
    packageFolder: mlpFolder,
    carriage: 'rows',
    rowsPerRequest: 1,
    gainsByBatches: true,
    shortConcurrencies: [8, 64],
    shortLatency: false,
  },
];

/** Numbers of connections that the long run measures. */
export const allConcurrencies: readonly number[] = [1, 8, 64];
