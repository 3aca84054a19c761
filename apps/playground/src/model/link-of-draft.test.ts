import { expect, it } from 'vitest';
import { decodeLink } from '../permalink/decode-link.ts';
import type { ModelDescription } from '../server/model-description.ts';
import { draftOfLink, linkOfDraft, versionOfLink } from './link-of-draft.ts';

const description: ModelDescription = {
  name: 'shop',
  version: '2',
  versions: [
    { version: '1', digest: 'sha256:1', active: false, ready: true },
    { version: '2', digest: 'sha256:2', active: true, ready: true },
  ],
  digest: 'sha256:2',
  task: 'custom',
  description: '',
  signature: {
    input: {
      size: { type: 'number' },
      weight: { type: 'number', optional: true },
      photo: { type: 'image' },
    },
    output: {},
  },
  examples: [{ input: { size: 7 }, output: {} }],
  assumptions: [],
  warnings: [],
};

const photo = { base64: 'iVBORw0K', mediaType: 'image/png', fileName: 'drawing.png' };

it('carries a form there and back, with the names of its pictures and what is left out', () => {
  const draft = {
    size: { isLeftOut: false, text: '3' },
    weight: { isLeftOut: true, text: '' },
    photo: { isLeftOut: false, text: '', picture: photo },
  };

  const { hash } = linkOfDraft(description, draft, '1');

  expect(draftOfLink(description, decodeLink(hash))).toEqual(draft);
  expect(versionOfLink(description, decodeLink(hash))).toBe('1');
});

it('leaves out what is no value yet', () => {
  const { hash } = linkOfDraft(description, { size: { isLeftOut: false, text: 'oops' } }, undefined);

  expect(hash).toBe('#/shop?');
});

it('shows the first form for a link without an input, and for that of another model', () => {
  for (const hash of ['#/shop', '#/other?size=1', '']) {
    expect(draftOfLink(description, decodeLink(hash))['size']?.text).toBe('7');
  }
});

it('asks for the active version where the link names it, or one that is not there', () => {
  expect(versionOfLink(description, decodeLink('#/shop@2'))).toBeUndefined();
  expect(versionOfLink(description, decodeLink('#/shop@9'))).toBeUndefined();
  expect(versionOfLink(description, decodeLink('#/other@1'))).toBeUndefined();
});
