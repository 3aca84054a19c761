import { openPackage } from '@web-single/model-package';
import type { Tolerance } from '@web-single/model-package';
import { createPipeline, RowRejection } from '@web-single/preprocessing';
import { checkRows } from '@web-single/signature';
import { isTensor } from '@web-single/tensor';
import type { Row } from '@web-single/tensor';
import type { Workload } from './workload.ts';

/** One request of a workload in its own words, and what must be answered. */
export interface Case {
  readonly inputs: readonly Row[];
  /** What the session takes, for tensor carriages. */
  readonly tensor?: Float32Array<ArrayBuffer>;
  readonly outputs: readonly Row[];
  readonly tolerance: Tolerance;
}

const batchedCases = 8;
const magicOf = { 'image/png': 0x89, 'image/jpeg': 0xff } as const;

/** The package's golden cases as requests. */
export async function prepareCases(workload: Workload): Promise<readonly Case[]> {
  const { signature, golden, before } = await openPackage(workload.packageFolder);
  const { tolerance, cases: recorded } = golden!;
  const cases = recorded.filter(({ input }) => isWanted(workload, input));
  if (workload.carriage === 'rows') return rowCases(workload, cases, tolerance);
  const prepared = await createPipeline(before).run(
    checkRows(
      signature,
      cases.map(({ input }) => input),
    ).flatMap((check) => ('row' in check ? [check.row] : [])),
  );
  return cases.map(({ input, output }, index) => {
    const image = prepared[index] instanceof RowRejection ? undefined : prepared[index]?.['image'];
    return {
      inputs: [input],
      outputs: [output],
      tolerance,
      ...(isTensor(image) && { tensor: image.data as Float32Array<ArrayBuffer> }),
    };
  });
}

function isWanted({ carriage, mediaType }: Workload, { image }: Row): boolean {
  return carriage !== 'image' || (image instanceof Uint8Array && image[0] === magicOf[mediaType!]);
}

/** Each case a request, or windows of so many rows. */
function rowCases(
  { rowsPerRequest }: Workload,
  cases: readonly { readonly input: Row; readonly output: Row }[],
  tolerance: Tolerance,
): readonly Case[] {
  const count = rowsPerRequest === 1 ? cases.length : batchedCases;
  return Array.from({ length: count }, (_, start) => {
    const rows = Array.from({ length: rowsPerRequest }, (_, row) => cases[(start + row) % cases.length]!);
    return { inputs: rows.map(({ input }) => input), outputs: rows.map(({ output }) => output), tolerance };
  });
}
