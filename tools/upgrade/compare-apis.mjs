/** What clients of one running server would miss at another. Usage: compare-apis.mjs OLD-URL NEW-URL; exit 1 where there is any. */
import { incompatibilities } from './compare-openapi.mjs';

const [before, after] = await Promise.all(process.argv.slice(2, 4).map(describe));
if (after === undefined) {
  console.error('Usage: compare-apis.mjs OLD-URL NEW-URL');
  process.exit(2);
}
const found = incompatibilities(before, after);
for (const problem of found) console.error(problem);
console.log(`${found.length} incompatible changes in ${Object.keys(before.paths).length} paths`);
process.exit(found.length === 0 ? 0 : 1);

async function describe(url) {
  const response = await fetch(`${url.replace(/\/$/, '')}/openapi.json`);
  if (!response.ok) throw new Error(`${url}/openapi.json: ${response.status}`);
  return response.json();
}
