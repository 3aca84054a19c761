import { Scores } from '../scores.tsx';
import type { PenguinPrediction } from './penguin-row.ts';
import { speciesText } from './species-text.ts';

interface PenguinAnswerProps {
  readonly prediction: PenguinPrediction | undefined;
  readonly hasProblems: boolean;
}

/** The species in words, and how sure the model is. */
export function PenguinAnswer({ prediction, hasProblems }: PenguinAnswerProps) {
  if (prediction === undefined)
    return <p className="quiet">{hasProblems ? 'Mend what is marked above.' : 'The answer appears here.'}</p>;
  return (
    <>
      <p className="label">{prediction.label}</p>
      <p>{speciesText[prediction.label]}</p>
      <Scores scores={prediction.probabilities} best={prediction.label} />
    </>
  );
}
