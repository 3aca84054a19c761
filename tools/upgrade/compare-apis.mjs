/** What clients of one running server would miss at another. Usage: compare-apis.mjs OLD-URL NEW-URL; exit 1 where there is any. */
import { incompatibilities } from './compare-openapi.mjs';

const urls = process.argv.slice(2, 4);
if (urls.length < 2) fail(['Usage: compare-apis.mjs OLD-URL NEW-URL']);
const answers = await Promise.all(urls.map(describe));
const failures = answers.flatMap(({ failure }) => failure ?? []);
if (failures.length > 0) fail(failures);
const [before, after] = answers.map(({ description }) => description);
const found = incompatibilities(before, after);
for (const problem of found) console.error(problem);
console.log(`${found.length} incompatible changes in ${Object.keys(before.paths).length} paths`);
process.exit(found.length === 0 ? 0 : 1);

async function describe(url) {
  const address = `${url.replace(/\/$/, '')}/openapi.json`;
  try {
    const response = await fetch(address);
    if (!response.ok) return { failure: `${address} answered ${response.status}: expected a predictor's description.` };
    const description = await response.json();
    if (description?.paths === undefined) return { failure: `${address} is no description of an API.` };
    return { description };
  } catch (error) {
    const reason = error.cause?.code ?? error.message;
    return { failure: `${address} cannot be read (${reason}): is a predictor running there?` };
  }
}

function fail(lines) {
  for (const line of lines) console.error(line);
  process.exit(2);
}
