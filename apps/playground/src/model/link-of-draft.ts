import type { Draft } from '../fields/draft.ts';
import { draftOfRow } from '../fields/entry-of-value.ts';
import { firstDraft } from '../fields/first-draft.ts';
import { valueOfEntry } from '../fields/value-of-entry.ts';
import { encodeLink } from '../permalink/encode-link.ts';
import type { EncodedLink } from '../permalink/encode-link.ts';
import type { Link } from '../permalink/link.ts';
import type { ModelDescription } from '../server/model-description.ts';

/** The link to a model with what stands in its form; what is no value yet stays out. */
export function linkOfDraft(description: ModelDescription, draft: Draft, version: string | undefined): EncodedLink {
  const input: [string, unknown][] = [];
  for (const [name, field] of Object.entries(description.signature.input)) {
    const entry = draft[name];
    const got = entry === undefined ? {} : valueOfEntry(field, entry);
    if (!('value' in got)) continue;
    const { picture } = entry!;
    const isPicture = picture !== undefined;
    input.push([name, isPicture ? { base64: picture.base64, fileName: picture.fileName } : got.value]);
  }
  return encodeLink({ model: description.name, version, input: Object.fromEntries(input) });
}

/** The form a link stands for; the first one where it carries no input, or is of another model. */
export function draftOfLink(description: ModelDescription, link: Link | null): Draft {
  const isOfModel = link?.model === description.name && link.input !== undefined;
  return isOfModel ? draftOfRow(description.signature.input, link.input) : firstDraft(description);
}

/** A version the link names and the server has; undefined for the active one. */
export function versionOfLink({ versions, name }: ModelDescription, link: Link | null): string | undefined {
  if (link?.model !== name) return undefined;
  return versions.find(({ version, active }) => version === link.version && !active)?.version;
}
