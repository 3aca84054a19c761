import { readFile } from 'node:fs/promises';
import { SourceError } from './source-error.ts';

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where the AWS_* variables are. */
export type Environment = Readonly<Record<string, string | undefined>>;

export function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

/** The token in a file that an environment variable names. */
export async function readToken(variable: string, path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch {
    throw new SourceError('credentials', `The file that ${variable} names cannot be read.`);
  }
}
