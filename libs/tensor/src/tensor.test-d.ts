import { expectTypeOf, it } from 'vitest';
import type { Dtype } from './dtype.ts';
import { tensor } from './tensor.ts';
import type { Tensor, TensorOf } from './tensor.ts';

it('pairs a dtype with its memory', () => {
  expectTypeOf(tensor('int64', [1], new BigInt64Array(1))).toEqualTypeOf<TensorOf<'int64'>>();
  expectTypeOf(tensor<Dtype>('int8', [1], new Int8Array(1))).toEqualTypeOf<Tensor>();
  // @ts-expect-error float32 lives in a Float32Array
  expectTypeOf(tensor('float32', [1], new Float64Array(1))).toExtend<Tensor>();
});

it('tells the memory by the dtype', () => {
  const value = tensor<Dtype>('string', [1], ['a']);
  if (value.dtype === 'string') expectTypeOf(value.data).toEqualTypeOf<readonly string[]>();
});
