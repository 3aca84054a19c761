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
  const wanted = requestedOutputs(request, [...known.keys()]);
  const seen = new Set<string>();
  const problems: string[] = [];
  for (const output of wanted) {
    // A body may name a million of them: a sentence for each would be an attack on the memory.
    if (problems.length > maxTold) break;
    const problem = seen.has(output.name)
      ? `Output ${quoteName(output.name)} already exists in request.`
      : explainOutput(output, known, request, model.name);
    if (problem !== undefined) problems.push(problem);
    seen.add(output.name);
  }
  if (problems.length === 0) return;
  const more = problems.length > maxTold ? ' And more.' : '';
  const count =
    wanted.length > known.size ? ` The request wants ${wanted.length} outputs, there are ${known.size}.` : '';
  throw new ContractError('INVALID_REQUEST', `${problems.slice(0, maxTold).join(' ')}${more}${count}`);
}

function explainOutput(
  output: RequestedOutput,
  known: ReadonlyMap<string, Datatype>,
  request: InferRequest,
  modelName: string,
): string | undefined {
  const subject = nameOutput(output.name, modelName);
  const datatype = known.get(output.name);
  if (datatype === undefined) return `${subject} does not exist; there are ${listNames([...known.keys()])}.`;
  if (output.classes !== undefined) {
    const hasNoOrder = datatype === 'BYTES' || datatype === 'BOOL';
    return hasNoOrder ? `${subject}: ${datatype} has no values to take the best classes of.` : undefined;
  }
  const hasNoJson = datatype === 'FP16' || datatype === 'BF16';
  return hasNoJson && !isBinary(output, request) ? noJsonForm(subject, datatype) : undefined;
}

/** The outputs to answer, in order: those wanted, or all of the level. */
export function requestedOutputs({ outputs }: InferRequest, all: readonly string[]): readonly RequestedOutput[] {
  return outputs === undefined || outputs.length === 0 ? all.map((name) => ({ name })) : outputs;
}

/** What is in JSON unless bytes were asked for; a transport without JSON has bytes only. */
function isBinary(output: RequestedOutput, { binaryOutputs }: InferRequest): boolean {
  return output.binary ?? binaryOutputs ?? true;
}

/** FP16 and BF16 have no exact numbers in JSON that other servers read. */
export function noJsonForm(subject: string, datatype: Datatype): string {
  return `${subject}: ${datatype} has no JSON form; ask for bytes with "parameters": {"binary_data": true}.`;
}

function outputDatatypes(model: OipModel, level: OipLevel): ReadonlyMap<string, Datatype> {
  const specs = level === 'tensor' ? model.sessionOutputs : model.rowOutputs;
  return new Map([...specs.values()].map(({ name, dtype }) => [name, datatypeOf(dtype)]));
}
