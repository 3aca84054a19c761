import { spawnSync } from 'node:child_process';

/** What a program of a snippet was called with. */
export interface ShellCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly input: string;
}

/** Stands in for the programs, so that a snippet needs neither them nor a server. */
const RECORDER = `
record() { printf '%s\\0' "$@"; case " $* " in *' @- '*|*' @ '*) cat;; esac; printf '\\0\\n\\0'; }
curl() { record curl "$@"; }
grpcurl() { record grpcurl "$@"; }
base64() { printf 'c29t\\nZQ=='; cat > /dev/null; }
`;

/** Runs a snippet in bash and tells what it called: the last of each is its standard input. */
export function runInShell(code: string, folder?: string): readonly ShellCall[] {
  const { status, stdout, stderr } = spawnSync('bash', ['-s'], {
    input: `${RECORDER}\n${code}\n`,
    encoding: 'utf8',
    cwd: folder,
  });
  if (status !== 0) throw new Error(`bash ended with ${status}: ${stderr}`);
  return stdout.split('\0\n\0').flatMap((call): readonly ShellCall[] => {
    const [program, ...words] = call.split('\0');
    return program === undefined || program === ''
      ? []
      : [{ program, args: words.slice(0, -1), input: words.at(-1) ?? '' }];
  });
}
