import { EVERYTHING, MUTATIONS } from '../cases/mutations.mjs';
import { REFUSED_VALUES } from '../cases/refused-values.mjs';
import { VALUE_SETS } from '../cases/value-sets.mjs';
import { chartFolder } from '../chart/chart-folder.mjs';
import { staleChartFiles } from '../chart/write-chart-files.mjs';
import { checkChart } from '../checks/check-chart.mjs';
import { helm } from '../tools/helm.mjs';
import { mapInTurns, render } from '../tools/render.mjs';
import { validate } from '../tools/validate.mjs';

/** The oldest Kubernetes that Chart.yaml allows, and the newest whose schemas are there. */
const VERSIONS = ['1.30', '1.37'];

/** Generated files, lint, what renders, what is refused, and that faults are seen. */
export async function chartStage(report) {
  const stale = staleChartFiles().map(
    (path) => `${path} is out of date: node tools/deploy/chart/write-chart-files.mjs`,
  );
  report.add('generated files of the chart', stale);
  for (const [name, values] of [
    ['default values', ''],
    ['every kind of object', EVERYTHING],
  ]) {
    const { code, stdout, stderr } = await helm(['lint', '--strict', chartFolder, '--values', '-'], values);
    report.add(`helm lint, ${name}`, code === 0 ? [] : [stdout, stderr]);
  }
  report.add('the notes after an install', await notesProblems());
  await rendersAll(report);
  await refusesAll(report);
  const { documents, refusal } = await render(EVERYTHING);
  if (documents === undefined) return report.add('every kind of object', [refusal]);
  report.add('every kind of object', checkChart(documents, { values: EVERYTHING }));
  for (const [name, mutate, expected] of MUTATIONS) {
    const mutated = structuredClone(documents);
    mutate(mutated);
    report.addSeen(`a chart with ${name} is caught`, checkChart(mutated, { values: EVERYTHING }), expected);
  }
}

/** The notes name what is there. */
async function notesProblems() {
  const values = 'ports: { grpc: 9001 }\nservice: { httpPort: 8000 }\nadmin: { existingSecret: a }';
  const args = ['install', 'demo', chartFolder, '--namespace', 'models', '--dry-run=client', '--values', '-'];
  const { stdout, stderr } = await helm(args, values);
  const expected = [
    'service/demo-web-single 8080:8000',
    'dns:///demo-web-single-headless.models.svc:9001',
    'deployment/demo-web-single 8082:8082',
  ];
  const notes = stdout.split('NOTES:')[1] ?? '';
  return expected.filter((line) => !notes.includes(line)).map((line) => `no "${line}" in the notes: ${notes}${stderr}`);
}

async function rendersAll(report) {
  addRendered(report, VALUE_SETS, await mapInTurns(VALUE_SETS, (set) => render(set.values, set)));
  const old = await render('', { kubeVersion: '1.29' });
  report.addSeen('a Kubernetes too old is refused', [old.refusal ?? 'rendered'], /kubeVersion.*1\.30/);
  const early = await render('service: { trafficDistribution: PreferSameZone }', { kubeVersion: '1.33' });
  report.addSeen(
    'what a Kubernetes does not know yet is refused',
    [early.refusal ?? 'rendered'],
    /needs Kubernetes 1\.34/,
  );
}

async function refusesAll(report) {
  const answers = await mapInTurns(REFUSED_VALUES, ([, values]) => render(values));
  for (const [index, [name, , expected]] of REFUSED_VALUES.entries())
    report.addSeen(`values with ${name} are refused`, [answers[index].refusal ?? 'rendered'], expected);
}

/** One check for each set of values: rendered, sound, and valid for each version. */
export function addRendered(report, sets, rendered) {
  const requests = rendered.flatMap(({ documents = [] }, set) =>
    documents.flatMap((document) => VERSIONS.map((version) => ({ set, schema: 'kubernetes', version, document }))),
  );
  const answers = validate(requests.map(({ set: _set, ...request }) => request));
  const invalid = requests.flatMap(({ set, version, document }, index) =>
    answers[index].map((problem) => ({ set, problem: `${document.kind}, Kubernetes ${version}: ${problem}` })),
  );
  for (const [index, set] of sets.entries()) {
    const { documents, refusal, broken } = rendered[index];
    const own = invalid.filter((entry) => entry.set === index).map(({ problem }) => problem);
    const unsound =
      documents === undefined || broken !== undefined ? (broken ?? [refusal]) : checkChart(documents, set);
    report.add(set.name, [...unsound, ...own]);
  }
}
