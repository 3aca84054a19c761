import { useEffect, useRef, useState } from 'preact/hooks';
import type { Draft, Entry } from '../fields/draft.ts';
import { rowOfDraft } from '../fields/value-of-entry.ts';
import type { Place } from '../permalink/use-link.ts';
import { writeLink } from '../permalink/use-link.ts';
import type { ModelDescription } from '../server/model-description.ts';
import { problemsByField } from '../server/problems-by-field.ts';
import { usePrediction } from '../server/use-prediction.ts';
import { draftOfLink, linkOfDraft, versionOfLink } from './link-of-draft.ts';

type Errors = Readonly<Record<string, readonly string[]>>;

/** Why something is predicted: the reader asked, came by a link, or changes the form with live prediction on. */
export type Occasion = 'ask' | 'visit' | 'change';

/** The form of one model: what stands in it, what is wrong with it, its answer, and its place in the history. */
export function useForm(description: ModelDescription, place: Place) {
  const { name, signature } = description;
  const { run, forget, ...prediction } = usePrediction(name);
  const [version, setVersion] = useState(() => versionOfLink(description, place.link));
  const [draft, setDraft] = useState(() => draftOfLink(description, place.link));
  const [sent, setSent] = useState<Draft>();
  const isAsked = useRef(false);
  const [errors, setErrors] = useErrors(description, prediction.failure?.details);
  const predict = (next: Draft, how: Occasion, of = version): boolean => {
    const { row, problems } = rowOfDraft(signature.input, next);
    const isComplete = Object.keys(problems).length === 0;
    if (isComplete || how !== 'change') setErrors(listed(problems));
    if (!isComplete) return false;
    writeLink(linkOfDraft(description, next, of).hash, how === 'ask' ? 'push' : 'replace');
    setSent(next);
    isAsked.current = how === 'ask';
    void run(row, of);
    return true;
  };
  const show = (next: Draft, nextVersion: string | undefined, hasInput: boolean) => {
    setDraft(next);
    setVersion(nextVersion);
    setErrors({});
    if (hasInput) predict(next, 'visit', nextVersion);
    else forget();
  };
  useVisits(description, place, show);
  const change = (field: string, entry: Entry) => {
    setDraft((before) => ({ ...before, [field]: entry }));
    setErrors(({ [field]: _, ...others }) => others);
  };
  const isStale = draft !== sent;
  return { ...prediction, draft, setDraft, change, errors, predict, version, setVersion, isStale, isAsked };
}

const listed = (problems: Readonly<Record<string, string>>): Errors =>
  Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, [problem]]));

/** Shows what the address names, at first and whenever the reader goes somewhere. */
function useVisits(
  description: ModelDescription,
  { link, visit }: Place,
  show: (draft: Draft, version: string | undefined, hasInput: boolean) => void,
) {
  const visited = useRef<number>(undefined);
  useEffect(() => {
    if (visited.current === visit) return;
    visited.current = visit;
    const hasInput = link?.model === description.name && link.input !== undefined;
    show(draftOfLink(description, link), versionOfLink(description, link), hasInput);
  }, [visit]);
}

/** What is wrong with fields: what the form knows itself, then what the server said. */
function useErrors({ signature }: ModelDescription, details: Parameters<typeof problemsByField>[0] | undefined) {
  const [errors, setErrors] = useState<Errors>({});
  useEffect(() => {
    if (details !== undefined) setErrors(problemsByField(details, Object.keys(signature.input)));
  }, [details]);
  return [errors, setErrors] as const;
}
