/** A field as one tensor with the rows in front, in the words of the Open Inference Protocol. */
export interface RowTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly optional?: boolean;
}

export interface CalledField {
  readonly type: string;
  /** Of a category. */
  readonly values?: readonly unknown[];
  /** Of scores: the field whose labels they are for, or the labels themselves. */
  readonly of?: string;
  readonly labels?: readonly string[];
}

/** What of a model's description a call needs. */
export interface CalledModel {
  readonly name: string;
  /** Where another version than the active one is called. */
  readonly version: string | undefined;
  readonly inputs: Readonly<Record<string, CalledField>>;
  readonly outputs: Readonly<Record<string, CalledField>>;
  /** A server that does not say it, has none. */
  readonly rowLevel: { readonly inputs: readonly RowTensor[]; readonly outputs: readonly RowTensor[] } | undefined;
}

interface Description {
  readonly name: string;
  readonly version: string;
  readonly versions?: readonly { readonly version: string; readonly active: boolean }[];
  readonly signature: {
    readonly input: CalledModel['inputs'];
    readonly output: CalledModel['outputs'];
  };
  readonly rowLevel?: CalledModel['rowLevel'];
}

/** Reads what `GET /v1/models/{model}` answered. */
export function calledModel(description: unknown): CalledModel {
  const { name, version, versions = [], signature, rowLevel } = description as Description;
  const isOther = versions.some((entry) => entry.version === version && !entry.active);
  return {
    name,
    version: isOther ? version : undefined,
    inputs: signature.input,
    outputs: signature.output,
    rowLevel,
  };
}

/** What the elements of a scores field stand for, in order; undefined where nothing says it. */
export function scoresLabels({ outputs }: CalledModel, { labels, of }: CalledField): readonly string[] | undefined {
  if (labels !== undefined) return labels;
  const field = of !== undefined && Object.hasOwn(outputs, of) ? outputs[of] : undefined;
  return field?.type === 'boolean' ? ['false', 'true'] : field?.values?.map(String);
}
