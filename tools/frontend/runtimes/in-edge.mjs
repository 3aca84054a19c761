import { createContext, runInContext } from 'node:vm';
import { rolldown } from 'rolldown';

/** What the Minimum Common Web API promises, and edge runtimes have, as far as the client needs it: no process, no Buffer, no modules of Node. */
const GLOBALS = [
  ['fetch', 'Headers', 'Request', 'Response', 'FormData', 'Blob', 'ReadableStream', 'URL', 'AbortController'],
  ['AbortSignal', 'TextEncoder', 'TextDecoder', 'crypto', 'performance', 'setTimeout', 'clearTimeout', 'atob', 'btoa'],
].flat();

/** Runs `useSdk` of a folder, bundled, where nothing is but the globals above; a name that is missing is an error. */
export async function inEdge(folder, baseUrl, pngBase64) {
  const bundle = await rolldown({ input: `${folder}/use-sdk.mjs`, platform: 'neutral', external: [] });
  const { output } = await bundle.generate({ format: 'iife', name: 'edge' });
  if (output[0].imports.length > 0) throw new Error(`The bundle imports ${output[0].imports.join(', ')}.`);
  const context = createContext(Object.fromEntries(GLOBALS.map((name) => [name, globalThis[name]])));
  const use = runInContext(`${output[0].code}\nedge.useSdk`, context);
  return use(baseUrl, pngBase64);
}
