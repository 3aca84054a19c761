export interface ClientCall {
  readonly options: unknown;
  readonly model: unknown;
  readonly arguments: readonly unknown[];
}

type Program = (createPredictor: unknown, readFile: unknown, console: unknown) => Promise<void>;

const AsyncFunction = (async () => {}).constructor as new (...text: string[]) => Program;

/** Runs the code of a snippet with a client that records the one call it makes; files read as `bytes of NAME`. */
export async function runWithClient(code: string): Promise<ClientCall> {
  const calls: ClientCall[] = [];
  const record = (options: unknown, model: unknown, args: readonly unknown[]): Promise<object> => {
    calls.push({ options, model, arguments: args });
    return Promise.resolve({ outputs: {} });
  };
  const createPredictor = (options: unknown): object => ({
    models: new Proxy(
      {},
      { get: (_, name) => ({ predict: (...args: readonly unknown[]) => record(options, name, args) }) },
    ),
    infer: (name: unknown, ...args: readonly unknown[]) => record(options, name, args),
  });
  const program = new AsyncFunction('createPredictor', 'readFile', 'console', code.replaceAll(/^import .*$/gm, ''));
  await program(createPredictor, async (name: unknown) => `bytes of ${String(name)}`, { log: () => {} });
  const [call] = calls;
  if (call === undefined || calls.length > 1) throw new Error(`The snippet made ${calls.length} calls.`);
  return call;
}
