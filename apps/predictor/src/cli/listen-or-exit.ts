import { EXIT } from './exit-codes.ts';

/** Waits until a port is open; where it cannot be, says which and which settings to change, and ends the process. */
export async function orExit<Opened>(opening: Promise<Opened>, address: string, settings: string): Promise<Opened> {
  try {
    return await opening;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    process.stderr.write(`Cannot listen on ${address} (${code}): choose another ${settings}.\n`);
    process.exit(EXIT.failure);
  }
}
