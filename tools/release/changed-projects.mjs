import { execFileSync } from 'node:child_process';

const HEADER = /^(?<type>\w+)(?:\((?<scope>[^)]*)\))?(?<breaking>!)?: /;
/** As in nx.json and in nx's own defaults: what readers of a changelog want to know. */
const RELEASED_TYPES = new Set(['feat', 'fix', 'perf']);

/** Released inside another project: what changes in it is a change of that one. */
const PARTS = { predictor: [{ name: 'playground', folder: 'apps/playground' }] };

/**
 * The projects with something of their own to release since their last tag, and which of them broke something. A commit is a
 * project's by its scope or, without one, by its files: nx alone would also release whatever depends on them.
 */
export function changedProjects(projects, git = gitIn(process.cwd())) {
  const changed = projects.map(({ name, folder }) => {
    const parts = [{ name, folder }, ...(PARTS[name] ?? [])];
    const commits = commitsSince(lastTag(name, git), git).filter((commit) => parts.some((part) => isOf(commit, part)));
    return { name, isChanged: commits.length > 0, isBreaking: commits.some(({ isBreaking }) => isBreaking) };
  });
  return {
    changed: changed.filter(({ isChanged }) => isChanged).map(({ name }) => name),
    breaking: changed.filter(({ isBreaking }) => isBreaking).map(({ name }) => name),
  };
}

/** Runs git in a folder; returns what it printed. */
export function gitIn(folder) {
  return (...args) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', maxBuffer: 1e9 });
}

function lastTag(name, git) {
  return git('tag', '--list', `${name}@*`, '--merged', 'HEAD', '--sort=-version:refname').split('\n')[0];
}

function commitsSince(tag, git) {
  const range = tag === '' ? ['HEAD'] : [`${tag}..HEAD`];
  const log = git('log', '--no-merges', '--name-only', '--format=%x1e%B%x1f', ...range);
  return log.split('\x1e').slice(1).flatMap(parseCommit);
}

function parseCommit(text) {
  const [message, files] = text.split('\x1f');
  const { type, scope, breaking } = HEADER.exec(message)?.groups ?? {};
  const isBreaking = breaking === '!' || /^BREAKING[ -]CHANGE: /m.test(message);
  if (!isBreaking && !RELEASED_TYPES.has(type)) return [];
  const scopes = scope?.split(',').map((part) => part.trim());
  return [{ scopes, files: files.trim().split('\n'), isBreaking }];
}

function isOf({ scopes, files }, { name, folder }) {
  return scopes?.includes(name) ?? files.some((file) => file.startsWith(`${folder}/`));
}
