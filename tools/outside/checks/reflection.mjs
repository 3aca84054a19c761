import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../workspace/setup.mjs';
import { outside, runAgainstServer } from './run-check.mjs';

const VERSION = '1.9.3';
const GRPCURL = `github.com/fullstorydev/grpcurl/cmd/grpcurl@v${VERSION}`;

/** grpcurl, which knows no message of ours but by reflection. */
export function checkReflection() {
  const grpcurl = buildGrpcurl();
  return runAgainstServer({ MODELS: 'models', GRPC_REFLECTION: 'true' }, process.execPath, ({ grpc }) => [
    join(outside, 'reflection.mjs'),
    grpcurl,
    grpc,
  ]);
}

function buildGrpcurl() {
  const folder = join(root, `tmp/outside/grpcurl-${VERSION}`);
  const grpcurl = join(folder, 'grpcurl');
  if (existsSync(grpcurl)) return grpcurl;
  console.log(`Building ${GRPCURL} …`);
  const { status, error } = spawnSync('go', ['install', GRPCURL], {
    stdio: 'inherit',
    env: { ...process.env, GOBIN: folder, CGO_ENABLED: '0' },
  });
  if (error !== undefined) throw new Error('go is not installed: it builds grpcurl for the check of reflection.');
  if (status !== 0) throw new Error(`go install ${GRPCURL} failed; its message is above.`);
  return grpcurl;
}
