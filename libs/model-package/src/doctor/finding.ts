/** `error`: it cannot be served, or answers wrongly. `warning`: it will hurt sooner or later. `hint`: it works, and could be better. */
export type Severity = 'error' | 'warning' | 'hint';

/** One thing about an export that should be changed, and how. */
export interface Finding {
  /** Stays the same from version to version: `fixed-batch`. */
  readonly rule: string;
  readonly severity: Severity;
  /** File, and what of it: `model.onnx input "X"`. */
  readonly where: string;
  readonly what: string;
  /** Why that matters. */
  readonly why: string;
  readonly remedy: string;
  /** Lines that mend it, mostly of Python on the training side. */
  readonly code?: string;
}

const ORDER: readonly Severity[] = ['error', 'warning', 'hint'];

/** The worst first, in an order that is the same every time. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const key = ({ severity, rule, where }: Finding): string => `${ORDER.indexOf(severity)} ${rule} ${where}`;
  return findings.toSorted((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
}
