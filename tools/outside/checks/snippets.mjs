import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../workspace/setup.mjs';
import { startBuiltServer } from '../built-server.mjs';
import { goTool } from '../go-tool.mjs';
import { pythonWith } from '../python-environment.mjs';
import { snippetCases } from '../snippets/cases.mjs';
import { servedModels } from '../snippets/served-models.mjs';
import { makeBench } from '../snippets/bench.mjs';
import { pasteAll } from '../snippets/paste-all.mjs';

/** Every snippet the playground offers, pasted: for golden examples and for values that are hard to write down, of models that are not in its repository. */
export async function checkSnippets() {
  const folder = join(root, 'tmp/outside/snippets');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const grpcurl = goTool({ module: 'github.com/fullstorydev/grpcurl/cmd/grpcurl', version: '1.9.3' });
  const python = pythonWith('triton');
  // Without reflection, as in the image.
  const server = await startBuiltServer({ MODELS: servedModels(folder).join(','), GRPC_REFLECTION: 'false' });
  try {
    const baseUrl = `http://${server.http}`;
    // As the page at / finds it.
    const { grpcPort } = await (await fetch(`${baseUrl}/v1/server`)).json();
    const address = { baseUrl, grpcTarget: `127.0.0.1:${grpcPort}` };
    const bench = makeBench(folder, { grpcurl, python, baseUrl });
    return await pasteAll(await snippetCases(address, bench), address, bench);
  } finally {
    await server.stop();
  }
}
