import { ContractError } from '../contract-error.ts';
import { datatypeOf } from './datatype.ts';
import type { Datatype } from './datatype.ts';
import type { InferRequest, RequestedOutput } from './message.ts';
import type { OipLevel, OipModel } from './oip-model.ts';
import { listNames, nameOutput, quoteName } from './quote-name.ts';

const maxTold = 5;

/**
 * Checks the wanted outputs before anything runs: unknown and repeated ones, classes of what has no numbers, and FP16 as
 * JSON, which would lose its bits. Throws `INVALID_REQUEST` with all problems.
 */
export function checkRequestedOutputs(request: InferRequest, model: OipModel, level: OipLevel): void {
  const known = outputDatatypes(model, level);
  const problems: string[] = [];
  const seen = new Set<string>();
  const wanted = requestedOutputs(request, [...known.keys()]);
  for (const output of wanted) {
    const subject = nameOutput(output.name, model.name);
    const datatype = known.get(output.name);
    if (seen.has(output.name)) problems.push(`Output ${quoteName(output.name)} already exists in request.`);
    else if (datatype === undefined)
      problems.push(`${subject} does not exist; there are ${listNames([...known.keys()])}.`);
    else problems.push(...checkForm(output, datatype, { subject, request }));
    seen.add(output.name);
  }
  if (problems.length === 0) return;
  const more = problems.length > maxTold ? ` And ${problems.length - maxTold} more.` : '';
  const count =
    wanted.length > known.size ? ` The request wants ${wanted.length} outputs, there are ${known.size}.` : '';
  throw new ContractError('INVALID_REQUEST', `${problems.slice(0, maxTold).join(' ')}${more}${count}`);
}

/** The outputs to answer, in order: those wanted, or all of the level. */
export function requestedOutputs({ outputs }: InferRequest, all: readonly string[]): readonly RequestedOutput[] {
  return outputs === undefined || outputs.length === 0 ? all.map((name) => ({ name })) : outputs;
}

/** What is in JSON unless bytes were asked for; a transport without JSON has bytes only. */
export function isBinary(output: RequestedOutput, { binaryOutputs }: InferRequest): boolean {
  return output.binary ?? binaryOutputs ?? true;
}

/** FP16 and BF16 have no exact numbers in JSON that other servers read. */
export function noJsonForm(subject: string, datatype: Datatype): string {
  return `${subject}: ${datatype} has no JSON form; ask for bytes with "parameters": {"binary_data": true}.`;
}

function checkForm(
  output: RequestedOutput,
  datatype: Datatype,
  { subject, request }: { readonly subject: string; readonly request: InferRequest },
): readonly string[] {
  const isClassified = output.classes !== undefined;
  if (isClassified && (datatype === 'BYTES' || datatype === 'BOOL')) {
    return [`${subject}: ${datatype} has no values to take the best classes of.`];
  }
  const isJson = !isClassified && !isBinary(output, request);
  return isJson && (datatype === 'FP16' || datatype === 'BF16') ? [noJsonForm(subject, datatype)] : [];
}

function outputDatatypes(model: OipModel, level: OipLevel): ReadonlyMap<string, Datatype> {
  const specs = level === 'tensor' ? model.sessionOutputs : model.rowOutputs;
  return new Map([...specs.values()].map(({ name, dtype }) => [name, datatypeOf(dtype)]));
}
