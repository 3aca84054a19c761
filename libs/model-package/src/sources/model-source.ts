/** A file that a source delivers. */
export interface RemoteFile {
  /** Relative, with "/", inside what the source delivers. */
  readonly path: string;
  /** Where the source knows it already, from its own listing or a manifest. */
  readonly sha256?: string;
  readonly etag?: string;
  readonly sizeBytes?: number;
  /** It may be missing. */
  readonly isOptional?: boolean;
}

/** The answer to one GET of a file; 304 and 416 have no body of use. */
export interface SourceReply {
  readonly status: 200 | 206 | 304 | 416;
  readonly etag?: string;
  readonly lastModified?: string;
  /** Of this answer's body. */
  readonly lengthBytes?: number;
  /** First byte and size of the whole, of a 206. */
  readonly range?: { readonly startBytes: number; readonly totalBytes?: number };
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the answer early. */
  discard(): void;
}

/** Gives the local path of a remote file, downloaded; undefined where an optional one is missing. */
export type FetchFile = (file: RemoteFile) => Promise<string | undefined>;

/** Where a model lies: says which files there are and answers GETs for them. Rejects with `SourceError`. */
export interface ModelSource {
  /** Every file that it delivers now. What has to be read for that is fetched through `fetch`. */
  files(fetch: FetchFile, signal: AbortSignal): Promise<readonly RemoteFile[]>;
  /** `headers`: `range` and conditions. Every other status than those of a reply is a `SourceError`. */
  get(file: RemoteFile, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<SourceReply>;
}
