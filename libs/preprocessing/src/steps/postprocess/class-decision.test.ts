import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPipeline } from '../../create-pipeline.ts';
import { runStep } from '../../testing/run-step.ts';
import { createDecision, decisionProblems, type DecisionRule } from './class-decision.ts';

const labels = ['no', 'yes', 'maybe'];
const score = fc.double({ min: 0, max: 1, noNaN: true });
const scoresOf = fc.tuple(score, score, score);

const anyRule: fc.Arbitrary<DecisionRule> = fc
  .record({
    thresholds: fc.dictionary(fc.constantFrom(...labels), score, { maxKeys: 3 }),
    minScore: fc.option(score, { nil: undefined }),
  })
  .map(({ thresholds, minScore }) => ({ thresholds, ...(minScore === undefined ? {} : { minScore }), otherwise: '?' }));

const argmax = (scores: readonly number[]): number => scores.indexOf(Math.max(...scores));

describe('a decision', () => {
  it.each<[string, DecisionRule, number[], number]>([
    ['moves the threshold of a binary classifier down', { thresholds: { yes: 0.3 } }, [0.69, 0.31, 0], 1],
    ['keeps the other class below it', { thresholds: { yes: 0.3 } }, [0.71, 0.29, 0], 0],
    ['moves it up', { thresholds: { yes: 0.8 } }, [0.25, 0.75, 0], 0],
    ['takes a score that equals the threshold', { thresholds: { yes: 0.3 } }, [0.7, 0.3, 0], 1],
    ['takes the highest of several that reach theirs', { thresholds: { yes: 0.2, maybe: 0.1 } }, [0.5, 0.2, 0.3], 2],
    [
      'chooses none where all have thresholds that they miss',
      { thresholds: { no: 0.9, yes: 0.9, maybe: 0.9 } },
      [1, 2, 3].map((n) => n / 6),
      -1,
    ],
    ['wants the least score of a class without threshold', { minScore: 0.6 }, [0.59, 0.41, 0], -1],
    ['does not want it of a class with one', { minScore: 0.6, thresholds: { yes: 0.3 } }, [0.6, 0.4, 0], 1],
    ['counts no score that is none', { thresholds: { yes: 0.3 }, minScore: 0.1 }, [NaN, NaN, NaN], -1],
  ])('%s', (_, rule, scores, expected) => {
    expect(createDecision(rule, labels)(scores, argmax(scores))).toBe(expected);
  });

  it("leaves the model's own choice where no threshold speaks, also against the highest score", () => {
    expect(createDecision({ thresholds: { maybe: 0.9 } }, labels)([0.6, 0.4, 0], 1)).toBe(1);
    expect(createDecision({ minScore: 0.5, otherwise: '?' }, labels)([0.6, 0.4, 0], 1)).toBe(-1);
  });

  it('asks again, where the model chose no class, only if a least score is set', () => {
    expect(createDecision({ minScore: 0.5 }, labels)([0.6, 0.4, 0], -1)).toBe(0);
    expect(createDecision({ thresholds: { maybe: 0.9 } }, labels)([0.6, 0.4, 0], -1)).toBe(-1);
  });

  it('chooses a class with a threshold exactly where it reaches it and none that does is higher', () => {
    fc.assert(
      fc.property(anyRule, scoresOf, (rule, scores) => {
        const { thresholds = {} } = rule;
        const chosen = createDecision(rule, labels)(scores, argmax(scores));
        const reached = scores.filter((value, index) => value >= (thresholds[labels[index]!] ?? Infinity));
        const threshold = thresholds[labels[chosen]!];
        if (reached.length > 0) expect(scores[chosen]).toBe(Math.max(...reached));
        if (threshold !== undefined) expect(scores[chosen]).toBeGreaterThanOrEqual(threshold);
        else if (chosen !== -1) expect(scores[chosen]).toBeGreaterThanOrEqual(rule.minScore ?? 0);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('never chooses a class less often when its threshold falls', () => {
    fc.assert(
      fc.property(scoresOf, score, score, (scores, one, other) => {
        const isYes = (yes: number): boolean =>
          createDecision({ thresholds: { yes } }, labels)(scores, argmax(scores)) === 1;
        if (isYes(Math.max(one, other))) expect(isYes(Math.min(one, other))).toBe(true);
      }),
      { seed: 12, numRuns: 500 },
    );
  });

  it('without a rule is what the model chose', () => {
    fc.assert(
      fc.property(scoresOf, fc.integer({ min: -1, max: 2 }), (scores, own) => {
        expect(createDecision({}, labels)(scores, own)).toBe(own);
      }),
      { seed: 13 },
    );
  });
});

describe('decisionProblems', () => {
  it.each<[string, DecisionRule, string]>([
    [
      'an unknown label',
      { thresholds: { yess: 0.3 } },
      'thresholds/yess: Expected one of the labels "no", "yes", "maybe" (did you mean "yes"?)',
    ],
    ['no answer below the least score', { minScore: 0.5 }, 'otherwise: Expected the answer to rows below "minScore"'],
    [
      'no answer below all thresholds',
      { thresholds: { no: 0.9, yes: 0.9, maybe: 0.9 } },
      'otherwise: Expected the answer to rows that reach no threshold, as every label has one',
    ],
    [
      'an answer that is never given',
      { otherwise: '?' },
      'otherwise: Expected nothing, or also "minScore": some label is always the answer',
    ],
  ])('tells of %s', (_, rule, expected) => {
    expect(decisionProblems(rule, labels).map((problem) => `${problem.path.join('/')}: ${problem.expected}`)).toEqual([
      expected,
    ]);
  });

  it('tells of an answer that reads as a label and is none', () => {
    expect(decisionProblems({ minScore: 0.5, otherwise: '1' }, [0, 1])).toMatchObject([{ path: ['otherwise'] }]);
    expect(decisionProblems({ minScore: 0.5, otherwise: 1 }, [0, 1])).toEqual([]);
  });
});

describe('classify with a decision', () => {
  const spec = {
    step: 'classify',
    from: 'scores',
    labels,
    thresholds: { yes: 0.3 },
    minScore: 0.6,
    otherwise: 'unclear',
  };

  it('answers the label that the rule chooses, and all scores', async () => {
    expect(await runStep(spec, { scores: [0.6, 0.35, 0.05] })).toEqual({
      label: 'yes',
      probabilities: { no: 0.6, yes: 0.35, maybe: 0.05 },
    });
    expect(await runStep(spec, { scores: [0.75, 0.25, 0] })).toMatchObject({ label: 'no' });
    expect(await runStep(spec, { scores: [0.5, 0.2, 0.3] })).toMatchObject({ label: 'unclear' });
  });

  it('answers a class that scores infinitely little where no other is', async () => {
    const only = { step: 'classify', from: 'scores', labels: ['a', 'b'], thresholds: { a: 0.5 } };
    expect(await runStep(only, { scores: [-Infinity, -Infinity] })).toMatchObject({ label: 'b' });
  });

  it('refuses a rule that cannot be followed, with all problems', () => {
    expect(() => createPipeline([{ ...spec, thresholds: { yess: 0.3, no: 2 } }])).toThrow(/no.*0.*1|<=1/);
    expect(() => createPipeline([{ ...spec, thresholds: { yess: 0.3 }, otherwise: undefined }])).toThrow(
      /did you mean "yes"[\s\S]*below "minScore"/,
    );
  });
});
