/** Writes the table of what fits what into docs/upgrade/README.md, from the code that refuses; part of `nx run-many -t generate`. No version of ours: a release would make it stale. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '@web-single/model-package';
import { stepRegistry } from '@web-single/preprocessing';
import { runtimeLimits } from '../../libs/model-package/src/onnx/check-runtime-fit.ts';
import { root } from '../workspace/setup.mjs';

const PAGE = join(root, 'docs/upgrade/README.md');
const TABLE = /(<!-- compatibility[^>]*-->\n)[\s\S]*?(<!-- \/compatibility -->)/;

const read = (path) => readFileSync(join(root, path), 'utf8');
const manifest = (folder) => JSON.parse(read(`${folder}/package.json`));
const runtime = manifest('libs/model-runtime').dependencies['onnxruntime-node'];
const { peerDependencies } = manifest('libs/sdk');
const [, nodeMajor] = /MINIMUM_NODE_MAJOR = (\d+)/.exec(read('apps/predictor/src/cli/start.ts'));
const [, glibc] = /needs glibc (\d+\.\d+)/.exec(read('deploy/docker/Dockerfile'));
const opsets = Object.entries(runtimeLimits.opsets).map(([domain, limit]) => `${domain || 'opset'} ≤ ${limit}`);
const required = globSync('models/*/model.yaml', { cwd: root })
  .sort()
  .flatMap((path) => {
    const parsed = readManifest(read(path));
    // A package that says none takes any; one that is wrong is told by what opens it.
    const range = 'manifest' in parsed ? parsed.manifest.requires?.preprocessing : undefined;
    return range === undefined ? [] : [`${path.split('/')[1]} \`${range}\``];
  });

const rows = [
  ['model package', 'preprocessing', `\`requires\` of the package: ${required.join(', ')}`, 'exit 3'],
  ['steps of a package', 'preprocessing', `${stepRegistry.size} steps by name`, 'exit 3'],
  [
    'ONNX file',
    `ONNX Runtime ${runtime}`,
    `IR ≤ ${runtimeLimits.irVersion}, ${opsets.join(', ')}, no custom operators`,
    'exit 3',
  ],
  ['bundle', 'Node', `≥ ${nodeMajor}`, 'exit 2'],
  ['native packages', 'base image', `glibc ≥ ${glibc}`, "the system's loader ends it: `GLIBC_… not found`"],
  [
    'SDK',
    'server',
    'the same `/v1`; no version is exchanged',
    'a route that a server lacks answers 404, a field that it does not know 422',
  ],
  ['SDK, gRPC', '@grpc/grpc-js', `\`${peerDependencies['@grpc/grpc-js']}\``, 'npm warns at install'],
];
const table = [['', 'with', 'fits where', 'else'], ['---', '---', '---', '---'], ...rows];
const text = readFileSync(PAGE, 'utf8');
if (!TABLE.test(text)) throw new Error(`${PAGE}: there is no <!-- compatibility --> to write into.`);
writeFileSync(PAGE, text.replace(TABLE, `$1${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n$2`));
