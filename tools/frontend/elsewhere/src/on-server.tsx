import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Suspense, use } from 'react';
import { renderToPipeableStream } from 'react-dom/server';
import { createPredictor, type PenguinsPrediction } from 'predictor-client';

function Species({ prediction }: { readonly prediction: Promise<PenguinsPrediction> }) {
  return <strong>{use(prediction).label}</strong>;
}

/** The page with its answer, for a reader without scripts: rendering waits for the prediction. */
function render(baseUrl: string): Promise<string> {
  const { penguins } = createPredictor({ baseUrl }).models;
  const prediction = Promise.resolve(penguins.predict({ island: 'Dream', bill_length_mm: 50.6 }));
  const html = new PassThrough();
  const stream = renderToPipeableStream(
    <main>
      <Suspense fallback={<em>asking</em>}>
        <Species prediction={prediction} />
      </Suspense>
    </main>,
    { onAllReady: () => stream.pipe(html), onError: (error) => void html.destroy(error as Error) },
  );
  return text(html);
}

console.log(await render(process.argv[2] ?? ''));
