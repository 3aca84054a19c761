import { expect, it } from 'vitest';
import { fieldTitle, hidesName } from './field-title.ts';

it('writes names as a person would', () => {
  expect(fieldTitle('bill_length_mm', 'mm')).toBe('Bill length');
  expect(fieldTitle('bill_length_mm')).toBe('Bill length mm');
  expect(fieldTitle('isMember')).toBe('Is Member');
  expect(fieldTitle('mm', 'mm')).toBe('Mm');
  expect(fieldTitle('___')).toBe('___');
});

it('shows the real name where the title is another', () => {
  expect(hidesName('Label', 'label')).toBe(false);
  expect(hidesName('Bill length', 'bill_length_mm')).toBe(true);
});
