import { describeTensorCalls } from './engine-tensors.suite.ts';
import { describeEngine } from './engine.suite.ts';
import { startEngine } from './start/start-engine.ts';

describeEngine('an inline engine', async (model) => (await startEngine(model, { placement: 'inline' })).engine);
describeTensorCalls('an inline engine', async (model) => (await startEngine(model, { placement: 'inline' })).engine);
