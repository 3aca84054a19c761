/** Build step of the image: sorts the built bundle into one folder a layer, without source maps. Usage: collect-code.mjs OUT */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyTree, makeFolder } from './copy-tree.mjs';

const [out] = process.argv.slice(2);
const dist = 'apps/predictor/dist';
const isNoMap = (path) => !path.endsWith('.map') && !path.startsWith('.');

copyTree(join(dist, 'vendor'), join(out, 'vendor/vendor'), isNoMap);
copyTree(join(dist, 'docs'), join(out, 'vendor/docs'), isNoMap);
copyTree(join(dist, 'libs'), join(out, 'libs'), isNoMap);
copyTree(join(dist, 'sdk'), join(out, 'libs/sdk'), isNoMap);
copyTree(join(dist, 'playground'), join(out, 'playground'), isNoMap);
copyTree(join(dist, 'app'), join(out, 'app/app'), isNoMap);
for (const file of ['cli.js', 'engine-process.js']) copyFileSync(join(dist, file), join(out, 'app', file));

// A mount over it takes its mode: whoever the container runs as may write there, as in /tmp.
makeFolder(join(out, 'root'));
mkdirSync(join(out, 'root/cache'));
chmodSync(join(out, 'root/cache'), 0o1777);
makeFolder(join(out, 'package'));
const { name, version, license } = JSON.parse(readFileSync('apps/predictor/package.json', 'utf8'));
writeFileSync(
  join(out, 'package/package.json'),
  `${JSON.stringify({ name, version, license, private: true, type: 'module' }, null, 2)}\n`,
);
for (const file of ['LICENSE', 'NOTICE', 'THIRD_PARTY_NOTICES.md']) copyFileSync(file, join(out, 'package', file));
