import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../workspace/setup.mjs';
import { goTool } from '../go-tool.mjs';
import { fillBuckets } from '../s3/fill-buckets.mjs';
import { startS3Gateway } from '../s3/s3-gateway.mjs';
import { outside, run } from './run-check.mjs';

/** Models from versitygw, an S3 server that is not ours, over a folder: its own signatures, lists, ranges and errors. */
export async function checkS3Gateway() {
  const versitygw = goTool({ module: 'github.com/versity/versitygw/cmd/versitygw', version: '1.8.0' });
  const folder = join(root, 'tmp/outside/s3-gateway');
  rmSync(folder, { recursive: true, force: true });
  const gateway = await startS3Gateway(versitygw, join(folder, 'buckets'));
  try {
    fillBuckets(gateway);
    return await run(process.execPath, [join(outside, 's3/models-from-s3.mjs'), gateway.url, join(folder, 'caches')]);
  } finally {
    await gateway.stop();
  }
}
