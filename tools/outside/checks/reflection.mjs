import { join } from 'node:path';
import { goTool } from '../go-tool.mjs';
import { outside, runAgainstServer } from './run-check.mjs';

/** grpcurl, which knows no message of ours but by reflection. */
export function checkReflection() {
  const grpcurl = goTool({ module: 'github.com/fullstorydev/grpcurl/cmd/grpcurl', version: '1.9.3' });
  return runAgainstServer({ MODELS: 'models', GRPC_REFLECTION: 'true' }, process.execPath, ({ grpc }) => [
    join(outside, 'reflection.mjs'),
    grpcurl,
    grpc,
  ]);
}
