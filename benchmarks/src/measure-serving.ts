import { pinGenerator } from './cores.ts';
import type { Contender } from './contenders/contender.ts';
import { HttpContender } from './contenders/http-contender.ts';
import { RawSessionContender } from './contenders/raw-session-contender.ts';
import { digitExchanges, digitsFolder, echoExchanges, penguinExchanges, penguinsFolder } from './exchanges.ts';
import { measureBlocks } from './measure-blocks.ts';
import type { Round } from './measure-blocks.ts';
import { echoCommand, predictorCommand, startPinnedServer } from './server-process.ts';

export const names = { raw: 'raw session', server: 'server', echo: 'echo', echoAgain: 'echo again' } as const;

export interface ServingRounds {
  /** One connection: raw session, server, and the echo twice (the A/A control). */
  readonly penguins1: readonly Round[];
  readonly penguins8: readonly Round[];
  readonly penguins64: readonly Round[];
  readonly digits1: readonly Round[];
}

/** Blocks of penguins at 1, 8 and 64 connections beside its bounds, and of digits at one. */
export async function measureServing(): Promise<ServingRounds> {
  pinGenerator();
  const server = await startPinnedServer(predictorCommand(penguinsFolder, digitsFolder));
  const echo = await startPinnedServer(echoCommand);
  const predictor = new HttpContender(names.server, server, await penguinExchanges());
  const echoes = new HttpContender(names.echo, echo, await echoExchanges());
  const echoesAgain = new HttpContender(names.echoAgain, echo, await echoExchanges());
  const digits = new HttpContender(names.server, server, await digitExchanges());
  const raw = await RawSessionContender.start(penguinsFolder);
  const all: Contender[] = [predictor, echoes, echoesAgain, digits, raw];
  try {
    return {
      penguins1: await measureBlocks([raw, predictor, echoes, echoesAgain], {
        rounds: 12,
        blockMs: 800,
        concurrency: 1,
      }),
      penguins8: await measureBlocks([predictor, echoes], { rounds: 8, blockMs: 1_000, concurrency: 8 }),
      penguins64: await measureBlocks([predictor, echoes], { rounds: 8, blockMs: 1_000, concurrency: 64 }),
      digits1: await measureBlocks([digits], { rounds: 6, blockMs: 1_000, concurrency: 1 }),
    };
  } finally {
    for (const contender of all) await contender.close();
    await server.stop();
    await echo.stop();
  }
}
