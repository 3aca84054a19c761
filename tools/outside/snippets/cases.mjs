import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../workspace/setup.mjs';
import { HARD_TEXTS, IDENTITY_ROW } from './hard-values.mjs';

const fixtures = join(root, 'libs/model-package/fixtures');
const golden = join(root, 'models/digits/golden');

/** What is called and what must come: `{ title, description, row, files, expected }`. */
export async function snippetCases({ baseUrl }, bench) {
  const get = async (path) => (await fetch(baseUrl + path)).json();
  const { models } = await get('/v1/models');
  const described = new Map(await Promise.all(models.map(async ({ name }) => [name, await get(`/v1/models/${name}`)])));
  const of = (name) => described.get(name);
  return [
    ...['penguins', 'digits', 'birds'].flatMap((name) => exampleCases(of(name))),
    ...fileCases(of('digits'), bench),
    ...['tfidf', 'frame-ignore', 'torch-batch-2'].flatMap((name) => recordedCases(of(name), name)),
    ...HARD_TEXTS.map((city, index) => textCase(of('columns'), city, index)),
    {
      title: 'every datatype',
      description: of('identity'),
      row: IDENTITY_ROW,
      files: {},
      expected: echoed(IDENTITY_ROW),
    },
    ...(await pictureCases(of('pictures'), baseUrl, bench)),
    await olderVersion(of('repeated'), baseUrl),
  ];
}

function exampleCases(description) {
  return description.examples.map(({ input, output }, index) => {
    return { title: `example ${index + 1}`, description, row: input, files: {}, expected: output };
  });
}

/** Pictures beside the snippet, under names that shells and curl have ideas about. */
function fileCases(description, bench) {
  const expected = readFileSync(join(golden, '../golden.jsonl'), 'utf8').split('\n').slice(1);
  return [
    [1, 'png', 'digit.png'],
    [66, 'jpg', `it's a "digit", $HOME;\\ \`no\`.jpg`],
    [97, 'webp', '@Ziffer – ü.webp'],
  ].map(([number, extension, fileName]) => {
    bench.keep(fileName, readFileSync(join(golden, `${number}.${extension}`)));
    const { output } = JSON.parse(expected[number - 1]);
    const mediaType = `image/${extension === 'jpg' ? 'jpeg' : extension}`;
    return {
      title: `file ${fileName}`,
      description,
      row: {},
      files: { image: { fileName, mediaType } },
      expected: output,
    };
  });
}

/** What the training side answered for bare exports. */
function recordedCases(description, name) {
  const { rows, outputs } = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8'))[name];
  return rows.slice(0, 2).map((row, index) => {
    const { probabilities, ...rest } = outputs[index];
    const expected = probabilities === undefined ? rest : { ...rest, probabilities: Object.fromEntries(probabilities) };
    return { title: `recorded ${index + 1}`, description, row, files: {}, expected };
  });
}

function textCase(description, city, index) {
  const row = { age: index + 0.5, city };
  return {
    title: `text ${JSON.stringify(city)}`,
    description,
    row,
    files: {},
    expected: { place: city, doubled: 2 * index + 1 },
  };
}

function echoed(row) {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [`${name}_out`, value]));
}

async function pictureCases(description, baseUrl, bench) {
  const picture = (number, extension = 'png') => readFileSync(join(golden, `${number}.${extension}`));
  const inline = (number) => ({ base64: picture(number).toString('base64') });
  bench.keep('left; side.png', picture(4));
  bench.keep("right's.jpg", picture(70, 'jpg'));
  const files = {
    left: { fileName: 'left; side.png', mediaType: 'image/png' },
    right: { fileName: "right's.jpg", mediaType: 'image/jpeg' },
  };
  const sent = {
    left: { base64: picture(4).toString('base64') },
    right: { base64: picture(70, 'jpg').toString('base64') },
  };
  const rows = [
    ['two inline', { left: inline(1), right: inline(2), weight: -0.1, note: HARD_TEXTS[0], grade: 1 }, {}],
    ['two files', { weight: 1e-7, note: HARD_TEXTS[1], grade: 'two' }, files],
    ['one file', { left: inline(3), weight: null, note: HARD_TEXTS[2], grade: true }, { right: files.right }],
  ];
  return Promise.all(
    rows.map(async ([title, row, beside]) => {
      const complete = { ...row, ...Object.fromEntries(Object.keys(beside).map((name) => [name, sent[name]])) };
      const expected = await predict(`${baseUrl}/v1/models/pictures`, complete);
      if (expected.note_sent !== row.note) throw new Error('The model of the check does not give the note back.');
      return { title, description, row, files: beside, expected };
    }),
  );
}

/** The page shows the version that was chosen; calls without one would go to the active one. */
async function olderVersion(description, baseUrl) {
  const row = { x: [1, -2.5, 0, 1e-3] };
  const expected = await predict(`${baseUrl}/v1/models/repeated/versions/1`, row);
  return { title: 'version 1', description: { ...description, version: '1' }, row, files: {}, expected };
}

async function predict(model, row) {
  const response = await fetch(`${model}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rows: [row] }),
  });
  const { predictions, ...problem } = await response.json();
  if (!response.ok) throw new Error(`${model} refused the row of the check: ${JSON.stringify(problem)}`);
  return predictions[0];
}
