import { startEngine } from '../start/start-engine.ts';
import { EngineChild } from '../process/engine-child.ts';
import { engineModelOf } from '../engine-model.ts';
import { endless, endlessSignature, fixtureModel } from './fixture-model.ts';

/** A front whose engine process never comes back from its run, or (`load`) from its first one; prints that process's id. To be killed by a test. */
const model = fixtureModel('endless', endless, {
  signature: endlessSignature,
  engine: { placement: 'process', instances: 1, runTimeoutMs: 60_000 },
});

if (process.argv[2] === 'load') {
  const child = await EngineChild.start({});
  process.stdout.write(`${child.pid}\n`);
  await child.load(engineModelOf(model), { sampleRows: [{ x: -1 }] });
} else {
  const { engine } = await startEngine(model);
  const running = engine.predict([{ x: -1 }], performance.now() + 60_000);
  process.stdout.write(`${engine.status().pid}\n`);
  await running;
}
