/**
 * `npm run test:classes [-- <commit>]`: how many tests hold each failure class of docs/failures.md, by their names. With a
 * commit: what it had, and which classes have fewer tests now.
 */
import { execFileSync } from 'node:child_process';

const NAME = /['"`]((?:[A-Z]\d+(?:-[A-Z]\d+)?(?:, )?)+): /g;
const SPECS = /(^test\/.*|\.spec)\.ts$/;

const git = (...args) => execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 28 });

/** How many names begin with each code; `M1-M3` counts for each of the three. */
function classesOf(commit) {
  const text = git(
    'grep',
    '-hE',
    `['"\`][A-Z][0-9]+[-, A-Z0-9]*: `,
    ...(commit ? [commit] : []),
    '--',
    ...specs(commit),
  );
  const counts = new Map();
  for (const [, codes] of text.matchAll(NAME)) {
    for (const code of codes.split(', ').flatMap(expand)) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}

function specs(commit) {
  const names = commit ? git('ls-tree', '-r', '--name-only', commit) : git('ls-files');
  return names.split('\n').filter((name) => SPECS.test(name));
}

function expand(code) {
  const [from, to] = code.split('-');
  if (to === undefined) return [from];
  const [first, last] = [from, to].map((text) => Number(text.slice(1)));
  return Array.from({ length: last - first + 1 }, (_, index) => `${from[0]}${first + index}`);
}

const byCode = ([a], [b]) => a[0].localeCompare(b[0]) || Number(a.slice(1)) - Number(b.slice(1));
const now = classesOf();
const [, , commit] = process.argv;
const before = commit === undefined ? now : classesOf(commit);
const all = [...new Map([...before, ...now])].sort(byCode).map(([code]) => code);
const fewer = all.filter((code) => (now.get(code) ?? 0) < (before.get(code) ?? 0));
const cell = (code) => {
  const [was, is] = [before.get(code) ?? 0, now.get(code) ?? 0];
  return `${code} ${was === is ? is : `${was} -> ${is}`}`;
};
for (const letter of new Set(all.map(([first]) => first))) {
  process.stdout.write(
    `${all
      .filter(([first]) => first === letter)
      .map(cell)
      .join('   ')}\n`,
  );
}
if (commit !== undefined) process.stdout.write(`Fewer than in ${commit}: ${fewer.join(', ') || 'none'}\n`);
process.exitCode = fewer.length === 0 ? 0 : 1;
