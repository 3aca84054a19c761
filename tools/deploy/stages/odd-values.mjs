import { oddValues } from '../cases/odd-values.mjs';
import { addRendered } from './chart.mjs';
import { mapInTurns, render } from '../tools/render.mjs';

/** Generated odd values: what is rendered is valid, what is refused is refused by a message that names a value. */
export async function oddValuesStage(report, { count, seed }) {
  const sets = oddValues(count, seed).map(({ values, release }, index) => {
    const text = JSON.stringify(values);
    return {
      name: `odd values ${index} of seed ${seed}: ${text.slice(0, 1000)}`,
      keys: Object.keys(values),
      values: text,
      release,
    };
  });
  const answers = await mapInTurns(sets, (set) => render(set.values, { release: set.release }));
  const isRefused = (_, index) => answers[index].refusal !== undefined;
  const isRendered = (...which) => !isRefused(...which);
  for (const [index, { name, keys }] of sets.entries()) {
    const { refusal } = answers[index];
    if (refusal === undefined) continue;
    const isNamed = keys.some((key) => refusal.includes(key)) && /don't meet|cannot be used/.test(refusal);
    report.add(name, isNamed ? [] : [refusal]);
  }
  addRendered(report, sets.filter(isRendered), answers.filter(isRendered));
  console.log(
    `odd values: seed ${seed}, ${sets.filter(isRendered).length} rendered, ${sets.filter(isRefused).length} refused`,
  );
}
