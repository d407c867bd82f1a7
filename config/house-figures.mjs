/**
 * `npm run figures:house [-- REV]`: how full the folders are, how many collaborators a class asks for, and how long files
 * are; of the working tree, or of an earlier revision to compare with.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

const revision = process.argv[2];
const git = (...args) => execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
const listed = revision === undefined ? git('ls-files') : git('ls-tree', '-r', '--name-only', revision);
const read = (path) =>
  revision === undefined ? readFileSync(path, 'utf8') : git('show', `${revision}:${path}`);

const sources = listed.split('\n').filter((path) => /^(src|config)\/.*\.ts$/.test(path));
const modules = sources.filter((path) => !/\.(spec|fake)\.ts$/.test(path));

const perFolder = new Map();
for (const path of modules) perFolder.set(dirname(path), (perFolder.get(dirname(path)) ?? 0) + 1);
const folders = [...perFolder].sort(([, a], [, b]) => b - a);

const crowded = [];
const lengths = [];
for (const path of modules) {
  const text = read(path);
  lengths.push(text.split('\n').length);
  const [, parameters = ''] = /constructor\(([^{]*?)\)\s*\{/.exec(text) ?? [];
  const count = parameters.split('\n').filter((line) => line.includes('private readonly')).length;
  if (count > 7) crowded.push(`${basename(path)} (${count})`);
}

const print = (line) => process.stdout.write(`${line}\n`);
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
print(`folders: ${folders.length}, files a folder: median ${median(folders.map(([, count]) => count))}`);
for (const [folder, count] of folders.slice(0, 6)) print(`  ${String(count).padStart(3)}  ${folder}`);
print(`files: ${modules.length}, lines a file: median ${median(lengths)}, most ${Math.max(...lengths)}`);
print(
  `classes that ask for more than 7 others: ${crowded.length}${crowded.length ? `: ${crowded.join(', ')}` : ''}`,
);
