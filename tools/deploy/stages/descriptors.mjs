import { descriptors } from '../cases/descriptors.mjs';
import { misspellings } from '../cases/misspellings.mjs';
import { EVERYTHING } from '../cases/mutations.mjs';
import { PLATFORM_MUTATIONS, soundDockerfileProblems } from '../cases/platform-mutations.mjs';
import { checkAdapterRule } from '../checks/check-adapter-rule.mjs';
import { checkAzure } from '../checks/check-azure.mjs';
import { checkCloudRun } from '../checks/check-cloud-run.mjs';
import { checkContract, checkDockerfile } from '../checks/check-contract.mjs';
import { checkEcs } from '../checks/check-ecs.mjs';
import { checkKserve } from '../checks/check-kserve.mjs';
import { render } from '../tools/render.mjs';
import { validate } from '../tools/validate.mjs';

/** Everything beside the chart: valid by its platform's schema, and what it sets is what the image needs. */
export async function descriptorsStage(report) {
  report.add('the image contract', checkContract());
  report.add('the Dockerfile', checkDockerfile());
  report.add('a Dockerfile that keeps the contract', soundDockerfileProblems());
  const checks = {
    KServe: checkKserve,
    'Cloud Run': checkCloudRun,
    ECS: checkEcs,
    Azure: checkAzure,
    'the adapter rule': checkAdapterRule,
  };
  for (const [name, check] of Object.entries(checks)) report.add(name, check());
  for (const [name, problemsOf, expected] of PLATFORM_MUTATIONS)
    report.addSeen(`${name}, is caught`, problemsOf(), expected);
  const all = descriptors();
  for (const [index, problems] of validate(all).entries())
    report.add(`${all[index].path} (${all[index].schema})`, problems);
  await misspellAll(report, all);
}

/** Every key of every descriptor and of one of each object of the chart, misspelt: its schema must refuse it. */
async function misspellAll(report, all) {
  const { documents = [] } = await render(EVERYTHING);
  const objects = documents.map((document) => ({
    path: `the chart's ${document.kind}`,
    schema: 'kubernetes',
    version: '1.37',
    document,
  }));
  const requests = [...objects, ...all].flatMap(({ document, ...request }) =>
    misspellings(document).map((misspelt) => ({ ...request, key: misspelt.path, document: misspelt.document })),
  );
  const answers = validate(requests.map(({ path: _path, key: _key, ...request }) => request));
  const byFile = Map.groupBy(
    requests.entries(),
    ([, { path, schema }]) => `every misspelt key of ${path} is refused (${schema})`,
  );
  for (const [name, entries] of byFile)
    report.add(
      name,
      entries.filter(([index]) => answers[index].length === 0).map(([, { key }]) => `${key} can be misspelt`),
    );
  console.log(`misspelt keys: ${requests.length}`);
}
