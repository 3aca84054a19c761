import { ContractError } from '../contract-error.ts';

/** The two parts of an infer body, views of it; or all of it, where it is the one tensor and nothing else. */
export type InferBody = { readonly json: Uint8Array; readonly binary: Uint8Array } | { readonly raw: Uint8Array };

/** Splits a body by its `Inference-Header-Content-Length`: bytes of JSON, then tensors. Left out: JSON only; 0: no JSON. */
export function splitInferBody(body: Uint8Array, headerLength: string | undefined): InferBody {
  if (headerLength === undefined) return { json: body, binary: body.subarray(body.length) };
  if (!/^(0|[1-9][0-9]*)$/.test(headerLength)) {
    throw invalid('expected the bytes of the JSON as one whole number');
  }
  const jsonLength = Number(headerLength);
  if (jsonLength > body.length) throw invalid(`expected at most the ${body.length} bytes of the body`);
  return jsonLength === 0 ? { raw: body } : { json: body.subarray(0, jsonLength), binary: body.subarray(jsonLength) };
}

function invalid(problem: string): ContractError {
  return new ContractError('INVALID_REQUEST', `The header Inference-Header-Content-Length: ${problem}.`);
}
