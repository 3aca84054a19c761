import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predict, type Reply } from './testing/call.ts';
import { startPredictor, workspaceRoot, type PredictorProcess } from './testing/predictor-process.ts';

const digit = readFileSync(join(workspaceRoot, 'models/digits/golden/1.png')).toString('base64');
/** A white 1x1 PNG: decodes well, but holds no drawing, so a step rejects it inside the engine. */
const BLANK = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==';
const GOOD = { island: 'Dream', bill_length_mm: 46.5, body_mass_g: 3500 };
const BAD = [
  { ...GOOD, island: 'Atlantis' },
  { ...GOOD, body_mass_g: '3500' },
  { ...GOOD, island: null },
  { nonsense: 1 },
];

describe('bad rows among good ones', () => {
  let server: PredictorProcess;
  beforeAll(async () => void (server = await startPredictor()));
  afterAll(async () => server[Symbol.asyncDispose]());

  /** Sends good and bad requests at the same time; every fourth is bad. */
  function storm(good: () => Promise<Reply>, bad: (index: number) => Promise<Reply>): Promise<Reply[]> {
    return Promise.all(Array.from({ length: 120 }, (_, index) => (index % 4 === 3 ? bad(index) : good())));
  }

  function expectNeighboursUnharmed(replies: readonly Reply[], expected: unknown): void {
    for (const [index, reply] of replies.entries()) {
      if (index % 4 === 3) expect(reply.json.code).toBe('INPUT_MISMATCH');
      else expect(reply.json.predictions).toEqual([expected]);
    }
  }

  it('penguins: nulls, unseen categories and wrong types harm nobody', async () => {
    const alone = await predict(server.url, 'penguins', [GOOD]);
    const replies = await storm(
      () => predict(server.url, 'penguins', [GOOD]),
      (index) => predict(server.url, 'penguins', [BAD[index % BAD.length]]),
    );
    const label = alone.json.predictions[0].label;
    expectNeighboursUnharmed(replies, {
      label,
      probabilities: expect.objectContaining({ [label]: expect.any(Number) }),
    });
  });

  it('digits: pictures that a step rejects inside the batch harm nobody', async () => {
    const alone = await predict(server.url, 'digits', [{ image: { base64: digit } }]);
    const replies = await storm(
      () => predict(server.url, 'digits', [{ image: { base64: digit } }]),
      () => predict(server.url, 'digits', [{ image: { base64: BLANK } }]),
    );
    expectNeighboursUnharmed(replies, { label: alone.json.predictions[0].label, probabilities: expect.any(Object) });
    expect(replies[3]?.json.details).toMatchObject([{ row: 0, field: 'image' }]);
  });

  it('rows of one request: the rejected one is named, the others are answered on request', async () => {
    const rows = [digit, BLANK, digit].map((base64) => ({ image: { base64 } }));
    const refused = await predict(server.url, 'digits', rows);
    const partly = await predict(server.url, 'digits', rows, '?onError=row');
    expect(refused.json.details).toMatchObject([{ row: 1, field: 'image' }]);
    expect(partly.json.predictions[1].error.details).toMatchObject([{ row: 1 }]);
    expect(partly.json.predictions[0]).toEqual(partly.json.predictions[2]);
  });
});
