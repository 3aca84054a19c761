import { useEffect, useRef, useState } from 'preact/hooks';
import type { Draft, Entry } from '../fields/draft.ts';
import { draftOfRow } from '../fields/entry-of-value.ts';
import { firstDraft } from '../fields/first-draft.ts';
import { rowOfDraft } from '../fields/value-of-entry.ts';
import type { Link } from '../permalink/link.ts';
import type { Place } from '../permalink/use-link.ts';
import { writeLink } from '../permalink/use-link.ts';
import type { ModelDescription } from '../server/model-description.ts';
import { problemsByField } from '../server/problems-by-field.ts';
import { usePrediction } from '../server/use-prediction.ts';
import { linkOfDraft } from './link-of-draft.ts';

type Errors = Readonly<Record<string, readonly string[]>>;

/** The form of one model: what stands in it, what is wrong with it, its answer, and its place in the history. */
export function useForm(description: ModelDescription, { link, visit }: Place) {
  const { name, signature } = description;
  const { run, forget, ...prediction } = usePrediction(name);
  const [version, setVersion] = useState(() => versionOf(description, link));
  const [draft, setDraft] = useState(() => draftOf(description, link));
  const [sent, setSent] = useState<Draft>();
  const isAsked = useRef(false);
  const [errors, setErrors] = useErrors(description, prediction.failure?.details);
  const predict = (next: Draft, how: 'push' | 'replace', of = version): boolean => {
    const { row, problems } = rowOfDraft(signature.input, next);
    setErrors(Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, [problem]])));
    if (Object.keys(problems).length > 0) return false;
    writeLink(linkOfDraft(description, next, of).hash, how);
    setSent(next);
    isAsked.current = how === 'push';
    void run(row, of);
    return true;
  };
  const visited = useRef<number>(undefined);
  useEffect(() => {
    if (visited.current === visit) return;
    const isFirst = visited.current === undefined;
    visited.current = visit;
    const next = isFirst ? draft : draftOf(description, link);
    const nextVersion = versionOf(description, link);
    setDraft(next);
    setVersion(nextVersion);
    if (link?.input !== undefined) predict(next, 'replace', nextVersion);
    else if (!isFirst) {
      setErrors({});
      forget();
    }
  }, [visit]);
  const change = (field: string, entry: Entry) => {
    setDraft((before) => ({ ...before, [field]: entry }));
    setErrors(({ [field]: _, ...others }) => others);
  };
  return {
    ...prediction,
    draft,
    setDraft,
    change,
    errors,
    predict,
    version,
    setVersion,
    isStale: draft !== sent,
    isAsked,
  };
}

/** What is wrong with fields: what the form knows itself, then what the server said. */
function useErrors({ signature }: ModelDescription, details: Parameters<typeof problemsByField>[0] | undefined) {
  const [errors, setErrors] = useState<Errors>({});
  useEffect(() => {
    if (details !== undefined) setErrors(problemsByField(details, Object.keys(signature.input)));
  }, [details]);
  return [errors, setErrors] as const;
}

function draftOf(description: ModelDescription, link: Link | null): Draft {
  const isOfModel = link?.model === description.name && link.input !== undefined;
  return isOfModel ? draftOfRow(description.signature.input, link.input) : firstDraft(description);
}

/** A version the link names and the server has; undefined for the active one. */
function versionOf({ versions, name }: ModelDescription, link: Link | null): string | undefined {
  if (link?.model !== name) return undefined;
  return versions.find(({ version, active }) => version === link.version && !active)?.version;
}
