import type { InputField } from '@web-single/signature';
import { expect, it } from 'vitest';
import { summarizeField } from './summarize-field.ts';

it.each<[InputField, string]>([
  [{ type: 'number' }, 'number'],
  [{ type: 'number', dtype: 'float32', optional: true }, 'number (float32), optional'],
  [{ type: 'number', min: 25, max: 65, unit: 'mm', optional: true }, 'number from 25 to 65, unit mm, optional'],
  [{ type: 'number', integer: true, dtype: 'int64', min: 0 }, 'integer (int64) of at least 0'],
  [{ type: 'number', max: 1.5 }, 'number of at most 1.5'],
  [{ type: 'category', values: ['a', 2], optional: true }, 'category, 2 values: "a", 2, optional'],
  [{ type: 'text', maxLength: 9 }, 'text of at most 9 characters'],
  [{ type: 'image', maxPixels: 100 }, 'image of at most 100 pixels'],
  [{ type: 'boolean', optional: true }, 'boolean, optional'],
  [{ type: 'tensor', dtype: 'int8', dims: [2, null] }, 'tensor int8 [2, ?]'],
])('says of %j %s', (field, words) => {
  expect(summarizeField(field)).toBe(words);
});
