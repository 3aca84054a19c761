import type { Draft } from '../fields/draft.ts';
import { valueOfEntry } from '../fields/value-of-entry.ts';
import { encodeLink } from '../permalink/encode-link.ts';
import type { EncodedLink } from '../permalink/encode-link.ts';
import type { ModelDescription } from '../server/model-description.ts';

/** The link to a model with what stands in its form; what is no value yet stays out. */
export function linkOfDraft(description: ModelDescription, draft: Draft, version: string | undefined): EncodedLink {
  const input: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(description.signature.input)) {
    const entry = draft[name];
    const got = entry === undefined ? {} : valueOfEntry(field, entry);
    if (!('value' in got)) continue;
    const { picture } = entry!;
    input[name] = picture === undefined ? got.value : { base64: picture.base64, fileName: picture.fileName };
  }
  return encodeLink({ model: description.name, version, input });
}
