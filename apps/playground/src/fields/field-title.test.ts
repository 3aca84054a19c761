import { expect, it } from 'vitest';
import { fieldTitle, hidesName } from './field-title.ts';

it('writes names as a person would', () => {
  expect(fieldTitle('bill_length_mm', { type: 'number', unit: 'mm' })).toBe('Bill length');
  expect(fieldTitle('bill_length_mm', { type: 'number' })).toBe('Bill length mm');
  expect(fieldTitle('isMember', { type: 'boolean' })).toBe('Is Member');
  expect(fieldTitle('mm', { type: 'number', unit: 'mm' })).toBe('Mm');
  expect(fieldTitle('___', { type: 'text' })).toBe('___');
});

it('shows the real name where the title is another', () => {
  expect(hidesName('Label', 'label')).toBe(false);
  expect(hidesName('Bill length', 'bill_length_mm')).toBe(true);
});
