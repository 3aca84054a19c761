import type { ContenderKind } from './contenders/contender.ts';

export interface ChosenContenders {
  readonly kinds: readonly ContenderKind[];
  /** By name. */
  readonly versions: ReadonlyMap<string, string>;
  /** Who cannot take part on this machine, and why. */
  readonly leftOut: ReadonlyMap<string, string>;
}

/** Installs what the contenders need. Who cannot be installed is left out, with a line that says so. */
export async function chooseContenders(
  wanted: readonly ContenderKind[],
  note: (text: string) => void,
): Promise<ChosenContenders> {
  const versions = new Map<string, string>();
  const leftOut = new Map<string, string>();
  for (const { name, install } of wanted) {
    try {
      versions.set(name, await install());
    } catch (error) {
      leftOut.set(name, (error as Error).message);
      note(`${name} is left out: ${(error as Error).message}`);
    }
  }
  return { kinds: wanted.filter(({ name }) => versions.has(name)), versions, leftOut };
}
