import { startEngine } from '../start/start-engine.ts';
import { endless, endlessSignature, fixtureModel } from './fixture-model.ts';

/** A front whose engine process never comes back from its run; prints that process's id. To be killed by a test. */
const model = fixtureModel('endless', endless, {
  signature: endlessSignature,
  engine: { placement: 'process', instances: 1, runTimeoutMs: 60_000 },
});
const { engine } = await startEngine(model);
const running = engine.predict([{ x: -1 }], performance.now() + 60_000);
process.stdout.write(`${engine.status().pid}\n`);
await running;
