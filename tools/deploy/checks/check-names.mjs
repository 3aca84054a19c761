import { collector, nameOf, ofKind } from './objects.mjs';

const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const KEY = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** What the API server says of names, labels and annotations, and no schema does. */
export function checkNames(documents, { namespace = 'models' } = {}) {
  const { problems, unless } = collector();
  const seen = new Set();
  for (const document of documents) {
    const { name = '', namespace: own } = document.metadata;
    const isLabel = ['Service', 'Deployment', 'Pod'].includes(document.kind);
    unless(
      isLabel ? name.length <= 63 && LABEL.test(name) : name.length <= 253 && SUBDOMAIN.test(name),
      `${nameOf(document)}: not a name`,
    );
    unless(own === namespace, `${nameOf(document)}: in the namespace ${own}, not ${namespace}`);
    unless(!seen.has(nameOf(document)), `${nameOf(document)} is there twice`);
    seen.add(nameOf(document));
    problems.push(...metadataProblems(document.metadata, nameOf(document)));
  }
  for (const { spec } of ofKind(documents, 'Deployment'))
    problems.push(...metadataProblems(spec.template.metadata, 'the pods'));
  return problems;
}

function metadataProblems({ labels = {}, annotations = {} }, owner) {
  const { problems, unless } = collector();
  for (const [key, value] of Object.entries(labels)) {
    unless(KEY.test(key), `${owner}: label ${key} is not a key`);
    unless(
      typeof value === 'string' && value.length <= 63 && LABEL_VALUE.test(value),
      `${owner}: label ${key} is ${JSON.stringify(value)}`,
    );
  }
  for (const [key, value] of Object.entries(annotations)) {
    unless(KEY.test(key), `${owner}: annotation ${key} is not a key`);
    unless(typeof value === 'string', `${owner}: annotation ${key} is ${JSON.stringify(value)}, not text`);
  }
  return problems;
}
