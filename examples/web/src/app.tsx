import { DigitReader } from './digits/digit-reader.tsx';
import { PenguinForm } from './penguins/penguin-form.tsx';

export function App() {
  return (
    <>
      <header>
        <h1>Penguins and digits</h1>
        <p>Two models, one typed client. Every answer comes from the predictor that serves them.</p>
      </header>
      <main>
        <PenguinForm />
        <DigitReader />
      </main>
    </>
  );
}
