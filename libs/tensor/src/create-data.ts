import { dtypes } from './dtype.ts';
import type { DataByDtype, Dtype } from './dtype.ts';
import { elementCount } from './element-count.ts';
import { TensorError } from './tensor-error.ts';

/** `DataByDtype` for its creator, who may still write it. */
export interface WritableDataByDtype extends Omit<DataByDtype, 'string'> {
  string: string[];
}

/** Memory for `length` elements, all 0, false or `""`. Throws `INVALID_SHAPE` where the machine cannot give that much. */
export function createData<D extends Dtype>(dtype: D, length: number): WritableDataByDtype[D] {
  elementCount([length]);
  try {
    if (dtype === 'string') return new Array<string>(length).fill('') as WritableDataByDtype[D];
    const arrayType = dtypes[dtype].arrayType as unknown as new (length: number) => WritableDataByDtype[D];
    return new arrayType(length);
  } catch (cause) {
    throw new TensorError('INVALID_SHAPE', `No memory for ${length} elements of ${dtype}.`, { cause });
  }
}
