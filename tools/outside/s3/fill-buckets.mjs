import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../workspace/setup.mjs';
import { accessKeyId, region, secretAccessKey } from './credentials.mjs';

export const PADDING_BYTES = 16 * 2 ** 20;
/** More than one page of a list holds. */
export const NOTES = 1100;

/** Puts models into buckets of the gateway with curl, which has a signature of its own. */
export function fillBuckets({ url, folder }) {
  const put = (path, ...body) => curl('--request', 'PUT', ...body, `${url}/${path}`);
  put('models');
  const package_ = join(root, 'models/penguins');
  const files = readdirSync(package_);
  for (const name of files) put(`models/birds/penguins/${name}`, '--upload-file', join(package_, name));
  for (const name of files) put(`models/large/${name}`, '--upload-file', join(package_, name));
  const padding = join(folder, '../padding.bin');
  writeFileSync(padding, Buffer.alloc(PADDING_BYTES, 'padding '));
  put('models/large/padding.bin', '--upload-file', padding);
  const bare = join(root, 'libs/model-package/fixtures/logistic-multi-string.onnx');
  put('models/a%20b%2Bc.onnx', '--upload-file', bare);
  const archive = join(folder, '../penguins.tar.gz');
  spawnSync('tar', ['-czf', archive, '-C', join(root, 'models'), 'penguins'], { stdio: 'inherit' });
  put('models/penguins.tar.gz', '--upload-file', archive);
  for (const name of files) put(`models/many/${name}`, '--upload-file', join(package_, name));
  // The gateway's own folder: as many requests would take long.
  mkdirSync(join(folder, 'models/many/notes'));
  for (let index = 0; index < NOTES; index += 1)
    writeFileSync(join(folder, `models/many/notes/${index}.txt`), `note ${index}`);
}

function curl(...args) {
  const signing = [
    '--aws-sigv4',
    `aws:amz:${region}:s3`,
    '--user',
    `${accessKeyId}:${secretAccessKey}`,
    '--header',
    'x-amz-content-sha256: UNSIGNED-PAYLOAD',
  ];
  const options = ['--silent', '--show-error', '--fail-with-body', '--noproxy', '*'];
  const { status, error, stdout, stderr } = spawnSync('curl', [...options, ...signing, ...args], { encoding: 'utf8' });
  if (error !== undefined) throw new Error('curl is not installed: it uploads models to the S3 gateway.');
  if (status !== 0) throw new Error(`curl ${args.join(' ')} failed: ${stderr}${stdout}`);
}
