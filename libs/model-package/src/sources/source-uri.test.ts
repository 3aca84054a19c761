import { describe, expect, it } from 'vitest';
import { isSourceUri, readSourceUri } from './source-uri.ts';
import { uriOf } from './testing/fetcher.ts';

const HEX = 'a'.repeat(64);

describe('readSourceUri', () => {
  it.each([
    ['https://models.example/churn.onnx', 'file', 'churn'],
    ['https://models.example/churn.tar.gz', 'archive', 'churn'],
    ['https://models.example/churn.tgz?sig=1', 'archive', 'churn'],
    ['https://models.example/churn/model.yaml', 'package', 'churn'],
    ['https://models.example/a%20b.onnx', 'file', 'a-b'],
    ['s3://bucket/models/churn', 'package', 'churn'],
    ['s3://bucket/models/churn/', 'package', 'churn'],
    ['s3://bucket/churn/model.yaml', 'package', 'churn'],
    ['s3://bucket', 'package', 'bucket'],
    ['s3://bucket/churn.onnx', 'file', 'churn'],
    ['s3://bucket/churn.tar', 'archive', 'churn'],
  ])('%s is a %s named %s', (text, shape, modelName) => {
    expect(uriOf(text)).toMatchObject({ shape, modelName });
  });

  it('takes the digest that must be delivered from the fragment', () => {
    expect(uriOf(`https://models.example/churn.onnx#sha256=${HEX.toUpperCase()}`).pin).toBe(HEX);
    expect(uriOf('https://models.example/churn.onnx')).not.toHaveProperty('pin');
  });

  it('shows neither user nor query nor fragment', () => {
    const { shown, location } = uriOf(`https://me:s3cret@models.example/churn.onnx?token=s3cret#sha256=${HEX}`);
    expect(shown).toBe('https://models.example/churn.onnx?…');
    expect(location).toMatchObject({ authorization: `Basic ${btoa('me:s3cret')}` });
  });

  it.each([
    ['https://me:s3cret@models.example/churn.onnx?x=s3cret#sha1=s3cret', /expected "#sha256="/],
    ['https://me:s3cret@models.example/churn.zip?x=s3cret', /expected the address of model\.yaml/],
    ['https://me:s3cret@[::1/churn.onnx?x=s3cret', /is no address/],
    ['https://me:12/s3cret@models.example/churn.onnx', /^https:\/\/…: a "\/", "\?", "#" or "@" .* must be encoded/],
    ['https://me:12?s3cret@models.example/churn.onnx', /must be encoded/],
    ['https://me:a/s3cret@models.example/churn.onnx', /^https:\/\/…: is no address/],
    ['https://me:a#s3cret@models.example/churn.onnx', /expected "#sha256="/],
    ['https:/me:s3cret@models.example/churn.onnx', /is no address/],
    ['ftp://me:s3cret@models.example/churn.onnx', /^ftp:\/\/ is no source/],
    ['file:///etc/churn.onnx', /^file:\/\/ is no source/],
    ['s3://-/churn', /expected s3:\/\/bucket/],
    ['s3://bucket/a\nb', /expected s3:\/\/bucket/],
  ])('refuses %j without repeating a secret', (text, problem) => {
    const read = readSourceUri(text);
    expect('problem' in read ? read.problem : '').toMatch(problem);
    expect(JSON.stringify(read)).not.toContain('s3cret');
  });
});

describe('a key of S3', () => {
  it('is shown whole, whatever is in it', () => {
    expect(uriOf('s3://bucket/team@home/churn.onnx').shown).toBe('s3://bucket/team@home/churn.onnx');
  });
});

describe('isSourceUri', () => {
  it('leaves paths alone, also those with a drive letter or a colon', () => {
    expect(['models', '/models', './a:b', 'C:\\models', 'C:/models'].filter(isSourceUri)).toEqual([]);
    expect(['https://a/b.onnx', 'S3://b/c', 'hf://x/y'].every(isSourceUri)).toBe(true);
  });
});
