import { describe, expect, it } from 'vitest';
import { whatToServe } from './what-to-serve.ts';

const settings = { MODELS: '', MODEL_SOURCE_HOSTS: '' };
const pin = `#sha256=${'a'.repeat(64)}`;

describe('whatToServe', () => {
  it('tells paths from addresses, in MODELS or on the command line', () => {
    const what = whatToServe([], { ...settings, MODELS: 'models, https://a.example/b.onnx ,s3://bucket/c' }, {});
    expect(what).toMatchObject({ paths: ['models'], uris: [{ modelName: 'b' }, { modelName: 'c' }] });
    expect(whatToServe(['x'], { ...settings, MODELS: 'models' }, {})).toMatchObject({ paths: ['x'], uris: [] });
  });

  it('wants a digest of every address under --strict', () => {
    const uris = [`https://a.example/b.onnx${pin}`, 'https://me:s3cret@a.example/c.onnx?sig=s3cret'];
    expect(whatToServe(uris, settings, { strict: true })).toEqual({
      problems: ['https://a.example/c.onnx?…: --strict wants a digest; add "#sha256=" and what it must deliver.'],
    });
  });

  it('names every problem', () => {
    const what = whatToServe(
      ['hf://x/y', 'https://a.example/', 's3://b/c', 's3://b/c'],
      { ...settings, MODEL_SOURCE_HOSTS: 'a/b' },
      { name: 'x' },
    );
    expect('problems' in what ? what.problems.length : 0).toBe(5);
  });

  it('takes addresses that differ in their query only, numbered and without it', () => {
    const address = 'https://a.example/get/model.onnx';
    const what = whatToServe([`${address}?id=s3cret-1`, `${address}?id=s3cret-2`, address], settings, {});
    expect('uris' in what ? what.uris.map(({ shown }) => shown) : what).toEqual([
      `${address}?… (1)`,
      `${address}?… (2)`,
      address,
    ]);
  });

  it.each([
    ['https://a.example/b.onnx?id=s3cret', `https://a.example/b.onnx?id=s3cret${pin}`],
    ['s3://bucket/c', 's3://bucket/c/model.yaml'],
  ])('refuses one place that is named twice: %s', (...uris) => {
    const what = whatToServe(uris, settings, {});
    expect(what).toEqual({ problems: [expect.stringMatching(/: is named twice\.$/)] });
    expect(JSON.stringify(what)).not.toContain('s3cret');
  });

  it('says that there is nothing', () => {
    expect(whatToServe([], { ...settings, MODELS: ' , ' }, {})).toMatchObject({ problems: [/Nothing to serve/] });
  });
});
