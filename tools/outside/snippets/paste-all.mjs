import { snippetsOf } from '../../../apps/playground/src/snippets/snippets.ts';
import { checkPythonTexts } from './check-python-texts.mjs';
import { checkTypes } from './check-types.mjs';
import { differences } from './differences.mjs';
import { paste } from './paste.mjs';

const LANGUAGES = ['typescript', 'curl', 'python', 'grpcurl'];

/** Pastes the snippets of every case; true where each gave the answer it must. */
export async function pasteAll(cases, address, bench) {
  const counts = { passed: 0, failed: 0 };
  const called = new Set();
  const programs = [];
  for (const { title, expected, ...call } of cases) {
    const snippets = snippetsOf({ ...address, ...call });
    const isFirst = !called.has(call.description.name);
    called.add(call.description.name);
    const missing = LANGUAGES.filter((id) => !snippets.some((snippet) => snippet.id === id));
    for (const id of missing) report(counts, `${call.description.name}, ${title}: ${id}`, ['there is no snippet']);
    programs.push(...snippets.filter(({ id }) => id === 'typescript').map(({ code }) => code));
    for (const snippet of snippets)
      for (const { how, answer, error } of await paste(snippet, { description: call.description, isFirst }, bench)) {
        const problems = error === undefined ? differences(expected, answer) : [error];
        report(counts, `${call.description.name}, ${title}: ${snippet.id} ${how}`, problems, snippet.code);
      }
  }
  report(counts, `types of ${programs.length} TypeScript snippets`, checkTypes(programs, bench));
  report(counts, 'any text in Python', checkPythonTexts(bench));
  console.log(`${cases.length} calls: ${counts.passed} pastes passed, ${counts.failed} failed`);
  return counts.failed === 0 && counts.passed > 0;
}

function report(counts, what, problems, code = '') {
  counts[problems.length === 0 ? 'passed' : 'failed'] += 1;
  if (problems.length > 0)
    console.error(`FAILED ${what}\n  ${problems.slice(0, 5).join('\n  ')}\n${code.slice(0, 4000)}`);
}
