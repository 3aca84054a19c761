import { describe, expect, it } from 'vitest';
import { chooseContenders } from './choose-contenders.ts';
import type { ContenderKind } from './contenders/contender.ts';
import { runTool } from './contenders/run-tool.ts';

const kindOf = (name: string, install: () => Promise<string>): ContenderKind => ({
  name,
  title: '',
  supports: () => true,
  install,
  start: () => Promise.reject(new Error('not here')),
});

describe('chooseContenders', () => {
  it('leaves out whose toolchain is missing, and says what is', async () => {
    const notes: string[] = [];
    const chosen = await chooseContenders(
      [
        kindOf('Rust', () => runTool('Rust 1.92 or later', 'no-such-cargo', 'build')),
        kindOf('floor', async () => '1.0.0'),
      ],
      (text) => notes.push(text),
    );
    expect(chosen.kinds.map(({ name }) => name)).toEqual(['floor']);
    expect(notes).toEqual(['Rust is left out: it needs Rust 1.92 or later; there is no "no-such-cargo" here']);
  });
});
