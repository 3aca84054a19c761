import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { identityOf, isWithin } from './file-identity.ts';

const folder = mkdtempSync(join(tmpdir(), 'web-single-identity-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
writeFileSync(at('in.csv'), 'a');
writeFileSync(at('other.csv'), 'a');
symlinkSync(at('in.csv'), at('symbolic.csv'));
linkSync(at('in.csv'), at('hard.csv'));
mkdirSync(at('package'));
writeFileSync(at('package/model.onnx'), 'a');
symlinkSync(at('package/model.onnx'), at('model-link.onnx'));

describe('identityOf', () => {
  it.each(['in.csv', 'symbolic.csv', 'hard.csv'])('of %s is that of the file itself', (name) => {
    expect(identityOf(at(name))).toBe(identityOf(at('in.csv')));
  });

  it('of other files differs, also of those that are not there yet', () => {
    const all = ['in.csv', 'other.csv', 'new.csv', 'newer.csv'].map((name) => identityOf(at(name)));

    expect(new Set(all).size).toBe(4);
  });
});

describe('isWithin', () => {
  it.each(['package', 'package/model.onnx', 'package/new.csv', 'package/..new.csv', 'model-link.onnx'])(
    'is true of %s',
    (name) => {
      expect(isWithin(at(name), at('package'))).toBe(true);
    },
  );

  it.each(['in.csv', 'new.csv', 'package.csv', 'nowhere/new.csv'])('is false of %s', (name) => {
    expect(isWithin(at(name), at('package'))).toBe(false);
  });
});
