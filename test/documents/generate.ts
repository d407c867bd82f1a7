/**
 * `npm run docs:generate` writes every document, or part of one, that the code can say better than a person.
 * `npm run docs:check` (with --check) writes nothing and ends with exit code 1 when one of them is stale.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { DOCUMENTS } from './documents.js';

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

async function generated(path: string, present: string, render: (present: string) => Promise<string>) {
  const text = await render(present);
  if (!path.endsWith('.md')) return text;
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}

const check = process.argv.includes('--check');
const stale: string[] = [];
for (const { path, render } of DOCUMENTS) {
  const present = await textOf(path);
  const text = await generated(path, present, render);
  if (text === present) continue;
  stale.push(path);
  if (!check) await writeFile(path, text);
}
const verdict = check ? 'is stale: run `npm run docs:generate`' : 'written';
for (const path of stale) process.stdout.write(`${path} ${verdict}\n`);
process.exitCode = check && stale.length > 0 ? 1 : 0;
