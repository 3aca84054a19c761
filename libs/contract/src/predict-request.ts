import { ContractError } from './contract-error.ts';

export interface PredictBody {
  /** At least one; not yet checked against a signature. */
  readonly rows: readonly unknown[];
}

const EXAMPLE = 'Send {"rows": [{ … }, …]}.';

/** What other servers call their rows. */
const ALIASES = new Set(['row', 'instances', 'inputs', 'input', 'data', 'records', 'features', 'examples', 'samples']);

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

const invalid = (problem: string): ContractError => new ContractError('INVALID_REQUEST', `${problem} ${EXAMPLE}`);

/** Names come from outside: cut to a length a log line can bear. */
const quote = (name: string): string => JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name);

const resemblesRows = (name: string): boolean => {
  const lower = name.toLowerCase().trim();
  return ALIASES.has(lower) || (lower.length <= 6 && [...'rows'].filter((char) => lower.includes(char)).length >= 3);
};

const unknownKeys = (names: readonly string[], hasRows: boolean): string => {
  const shown = names.slice(0, 5).map(quote).join(', ');
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  const hint = !hasRows && names.some(resemblesRows) ? ' Did you mean "rows"?' : '';
  return `The body has ${names.length === 1 ? 'an unknown key' : 'unknown keys'} ${shown}${more}: only "rows" is known.${hint}`;
};

const isEnvelope = (body: object): body is PredictBody => {
  const names = Object.keys(body);
  if (names.length !== 1 || names[0] !== 'rows') return false;
  const { rows } = body as { rows: unknown };
  return Array.isArray(rows) && rows.length > 0;
};

/** Of a body that is no envelope: at least one. */
const problemsOf = (body: object): readonly string[] => {
  const hasRows = Object.hasOwn(body, 'rows');
  const rows: unknown = hasRows ? (body as PredictBody).rows : undefined;
  const others = Object.keys(body).filter((name) => name !== 'rows');
  return [
    ...(hasRows ? [] : ['The body has no "rows".']),
    ...(hasRows && !Array.isArray(rows) ? [`"rows": expected an array, got ${kindOf(rows)}.`] : []),
    ...(Array.isArray(rows) && rows.length === 0 ? ['"rows" is empty: expected at least one row.'] : []),
    ...(others.length > 0 ? [unknownKeys(others, hasRows)] : []),
  ];
};

/** Checks the envelope `{ "rows": [ … ] }` of a predict request, all problems at once. Rows are checked by the signature. */
export const decodePredictBody = (body: unknown): PredictBody => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid(`The body: expected an object with "rows", got ${kindOf(body)}.`);
  }
  if (!isEnvelope(body)) throw invalid(problemsOf(body).join(' '));
  return { rows: body.rows };
};
