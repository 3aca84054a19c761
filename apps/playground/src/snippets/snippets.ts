import { calledModel } from './called-model.ts';
import { curlSnippet } from './curl.ts';
import { grpcurlSnippet } from './grpcurl.ts';
import { pythonSnippet } from './python.ts';
import { sentFields } from './sent-fields.ts';
import type { ImageFile } from './sent-fields.ts';
import type { Snippet } from './snippet.ts';
import { typescriptSnippet } from './typescript.ts';

export type { Snippet } from './snippet.ts';

/** One call of one model. */
export interface SnippetCall {
  /** Absolute, with the path of a gateway where there is one. */
  readonly baseUrl: string;
  /** `host:port` of the server's gRPC; undefined where there is none, or nobody knows it. */
  readonly grpcTarget: string | undefined;
  /** What `describe()` of the SDK gives. */
  readonly description: object;
  /** As JSON has it: pictures are `{ base64 }`, those that are large and have a file are read from it. */
  readonly row: Readonly<Record<string, unknown>>;
  /** Image fields whose value is a file, by name. */
  readonly files: Readonly<Record<string, ImageFile>>;
}

/** The call as code that works when it is pasted. A language that cannot carry the row, or has no address, is left out. */
export function snippetsOf({ baseUrl, grpcTarget, description, row, files }: SnippetCall): readonly Snippet[] {
  const model = calledModel(description);
  const call = {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    grpcTarget,
    model,
    fields: sentFields(model, row, plainFiles(files)),
  };
  const snippets = [typescriptSnippet(call), curlSnippet(call), pythonSnippet(call), grpcurlSnippet(call)];
  return snippets.filter((snippet) => snippet !== undefined);
}

/** Files whose names may have held what a terminal takes for keys: such characters become `_`. */
function plainFiles(files: SnippetCall['files']): SnippetCall['files'] {
  const plain = ({ fileName, mediaType }: ImageFile): ImageFile => ({
    fileName: fileName.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '_'),
    mediaType,
  });
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, plain(file)]));
}
