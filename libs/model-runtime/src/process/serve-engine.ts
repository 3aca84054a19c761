import type { Value } from '@web-single/tensor';
import { ModelRefusal } from '../session/model-refusal.ts';
import { loadOnnxRuntime } from '../session/onnx-runtime.ts';
import { letHeapGrow } from '../let-heap-grow.ts';
import { loadModel } from '../loaded-model.ts';
import type { LoadedModel } from '../loaded-model.ts';
import { calibrate } from '../start/calibrate.ts';
import { Channel } from './channel.ts';
import type { EngineReply, EngineRequest } from './message.ts';

/** Answers the requests of one front over a descriptor, one after the other; exits when the front says so, or is gone. */
export const serveEngine = (descriptor: number, { onFirstRequest }: { onFirstRequest(): void }): void => {
  // Already before the first request says which model; where it fails loading the model says so.
  void loadOnnxRuntime().catch(() => undefined);
  const engine = new ServedEngine();
  let last = Promise.resolve();
  let isFirst = true;
  const channel = Channel.over(descriptor, {
    onMessage(message) {
      const request = message as unknown as EngineRequest;
      if (isFirst) onFirstRequest();
      isFirst = false;
      last = last.then(async () => {
        const reply = await engine.answer(request);
        if (!reply) process.exit(0);
        channel.send(reply as unknown as Value);
      });
    },
    // Not during a run: this thread is inside of it then, and comes here when it is over.
    onClose: () => process.exit(0),
  });
};

/** The model of this process, once it is loaded. */
class ServedEngine {
  #loaded: LoadedModel | undefined;

  /** `undefined` says that the process has to end. */
  async answer(request: EngineRequest): Promise<EngineReply | undefined> {
    try {
      return await this.#answer(request);
    } catch (error) {
      if (error instanceof ModelRefusal) return { type: 'refused', problems: error.problems };
      // The front keeps the end of this stream for the operator; a client never sees it.
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      return { type: 'failed', message: 'The engine process could not do what it was asked.' };
    }
  }

  async #answer(request: EngineRequest): Promise<EngineReply | undefined> {
    if (request.type === 'load') {
      const { layout, decodes, warnings } = (this.#loaded = await loadModel(request.model, request));
      letHeapGrow();
      return { type: 'loaded', report: { layout, decodes, warnings } };
    }
    if (request.type === 'close') {
      await this.#loaded?.release();
      return undefined;
    }
    if (!this.#loaded) return { type: 'failed', message: 'No model is loaded.' };
    if (request.type === 'predict') return { type: 'result', result: await this.#loaded.runBatch(request.rows) };
    if (request.type === 'predict-tensors')
      return { type: 'result', result: await this.#loaded.runCalls(request.calls, request.maxRows) };
    return { type: 'calibrated', calibration: await calibrate(this.#loaded, request) };
  }
}
