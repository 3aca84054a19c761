import { parseAllDocuments } from 'yaml';
import { chartFolder } from '../chart/chart-folder.mjs';
import { helm } from './helm.mjs';

/**
 * The chart rendered with values given as text of YAML: `{ documents }`, with NOTES among the hooks left out, or `{ refusal }`,
 * the message of helm. Options: name of the release, namespace, Kubernetes version.
 */
export async function render(values, { release = 'demo', namespace = 'models', kubeVersion = '1.35' } = {}) {
  const args = [
    'template',
    release,
    chartFolder,
    '--namespace',
    namespace,
    '--kube-version',
    kubeVersion,
    '--values',
    '-',
  ];
  const { code, stdout, stderr } = await helm(args, values);
  if (code !== 0) return { refusal: stderr };
  const documents = parseAllDocuments(stdout, { uniqueKeys: true });
  const errors = documents.flatMap((document) => document.errors.map(({ message }) => message));
  if (errors.length > 0) return { documents: [], broken: errors };
  return { documents: documents.map((document) => document.toJS()).filter((document) => document !== null) };
}

/** Does all, two at a time. */
export async function mapInTurns(items, work) {
  const results = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all([worker(), worker()]);
  return results;
}
