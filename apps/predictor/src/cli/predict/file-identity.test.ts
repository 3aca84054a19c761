import { closeSync, linkSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { identityOf, identityOfInput, isWithin } from './file-identity.ts';

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
symlinkSync(at('package'), at('package-link'));
symlinkSync('package-link/new.csv', at('to-new.csv'));
symlinkSync('circle', at('circle'));

describe('identityOf', () => {
  it.each(['in.csv', 'symbolic.csv', 'hard.csv'])('of %s is that of the file itself', (name) => {
    expect(identityOf(at(name))).toBe(identityOf(at('in.csv')));
  });

  it('of other files differs, also of those that are not there yet', () => {
    const all = ['in.csv', 'other.csv', 'new.csv', 'newer.csv'].map((name) => identityOf(at(name)));

    expect(new Set(all).size).toBe(4);
  });
});

describe('identityOf a new file', () => {
  it.each(['package-link/new.csv', 'to-new.csv', 'package/../package-link/./new.csv'])(
    'follows the links of %s',
    (name) => {
      expect(identityOf(at(name))).toBe(identityOf(at('package/new.csv')));
    },
  );

  it('is found where links go round, or where there is no folder', () => {
    expect(identityOf(at('circle'))).toContain('circle');
    expect(identityOf(at('nowhere/new.csv'))).toBe(at('nowhere/new.csv'));
  });
});

describe('identityOfInput', () => {
  it('is that of the file which is read, and none of a closed one', () => {
    const descriptor = openSync(at('symbolic.csv'), 'r');
    expect(identityOfInput(descriptor)).toBe(identityOf(at('in.csv')));
    closeSync(descriptor);
    expect(identityOfInput(descriptor)).toBeUndefined();
  });

  it('is none of a device', () => {
    const descriptor = openSync('/dev/null', 'r');
    expect(identityOfInput(descriptor)).toBeUndefined();
    closeSync(descriptor);
  });
});

describe('isWithin', () => {
  it.each([
    'package',
    'package/model.onnx',
    'package/new.csv',
    'package/..new.csv',
    'model-link.onnx',
    'package-link/new.csv',
    'to-new.csv',
  ])('is true of %s', (name) => {
    expect(isWithin(at(name), at('package'))).toBe(true);
  });

  it.each(['in.csv', 'new.csv', 'package.csv', 'nowhere/new.csv'])('is false of %s', (name) => {
    expect(isWithin(at(name), at('package'))).toBe(false);
  });
});
