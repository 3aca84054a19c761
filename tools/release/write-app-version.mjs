import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CHART = 'deploy/helm/web-single/Chart.yaml';
const APP_VERSION = /^appVersion: .*$/m;

/** Makes a version of the predictor the chart's `appVersion`, which is the tag of the image that it runs; returns the file's path. */
export function writeAppVersion(root, version) {
  const path = join(root, CHART);
  const text = readFileSync(path, 'utf8');
  if (!APP_VERSION.test(text)) throw new Error(`${CHART}: there is no line "appVersion: …" to write ${version} into.`);
  writeFileSync(path, text.replace(APP_VERSION, `appVersion: ${JSON.stringify(version)}`));
  return CHART;
}
