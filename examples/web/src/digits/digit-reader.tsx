import type { Models } from '@web-single/sdk';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { predictOptions } from '../predict-options.ts';
import { predictor } from '../predictor.ts';
import { GeneralProblem, problemsByField } from '../problems.tsx';
import { Scores } from '../scores.tsx';
import { DrawingPad } from './drawing-pad.tsx';

/** Reads the digit that is drawn, or the one in a picture that is chosen. */
export function DigitReader() {
  const [picture, setPicture] = useState<Blob>();
  // A cleared pad forgets the file, too: the same one can be chosen again.
  const [round, setRound] = useState(0);
  const take = (drawn: Blob | undefined) => {
    setPicture(drawn);
    setRound(round + 1);
  };
  const { data, error, isFetching } = useQuery(predictOptions(predictor.models.digits, picture));
  const problem = problemsByField(error).get('image');
  const file = useId();
  return (
    <section className="card" aria-labelledby="digits">
      <h2 id="digits">Which digit?</h2>
      <p>Draw one digit, large, or choose a picture of one.</p>
      <div className="drawing">
        <DrawingPad onPicture={take} />
        <output className="answer" aria-busy={isFetching}>
          {data === undefined ? <p className="quiet">The answer appears here.</p> : <DigitAnswer prediction={data} />}
        </output>
      </div>
      <div className="field">
        <label htmlFor={file}>Picture</label>
        <input
          key={round}
          id={file}
          type="file"
          accept="image/png,image/jpeg,image/webp"
          onChange={({ target }) => setPicture(target.files?.[0])}
        />
        <small className="problem">{problem}</small>
      </div>
      <GeneralProblem error={error} />
    </section>
  );
}

function DigitAnswer({ prediction }: { readonly prediction: Models['digits']['prediction'] }) {
  return (
    <>
      <p className="label">{prediction.label}</p>
      <Scores scores={prediction.probabilities} best={String(prediction.label)} />
    </>
  );
}
