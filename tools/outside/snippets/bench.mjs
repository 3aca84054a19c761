import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, delimiter, join } from 'node:path';
import { projectEnvironment, root, runNode } from '../../workspace/setup.mjs';

/**
 * The folder that snippets are pasted in: a client of the server as `predictor sdk` writes it, and a path that has grpcurl and the
 * Python of Triton's client.
 */
export function makeBench(folder, { grpcurl, python, baseUrl }) {
  const bench = join(folder, 'bench');
  mkdirSync(bench, { recursive: true });
  const sdkCommand = ['sdk', '--from', baseUrl, '--out', join(bench, 'client')];
  runNode([join(root, 'apps/predictor/bin/predictor.mjs'), ...sdkCommand], { stdio: ['ignore', 'ignore', 'inherit'] });
  const environment = projectEnvironment();
  const path = [dirname(grpcurl), dirname(python), environment.PATH].join(delimiter);
  return {
    folder: bench,
    environment: { ...environment, PATH: path },
    /** A file beside the snippets. */
    keep: (fileName, bytes) => writeFileSync(join(bench, fileName), bytes),
  };
}
