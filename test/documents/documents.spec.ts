import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codesOf, testsByCode } from './failure-tests.js';
import { linksIn, pathsIn } from './paths.js';
import { sentencesOf } from './prose.js';

const LONGEST_SENTENCE = 24;
/** Words that a reader has to translate twice, with the plain ones. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/\bby (itself|themselves)\b/i, 'automatically'],
  [/\bgo(es)? on\b/i, 'continues'],
  [/\btells\b/i, 'shows, reports, sends'],
  [/\bunder way\b/i, 'in progress'],
];

function range(letter: string, last: number): string[] {
  return Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);
}

const documents = [
  'README.md',
  'RUNBOOK.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...readdirSync('docs', { recursive: true })
    .map((name) => `docs/${String(name)}`)
    .filter((name) => name.endsWith('.md')),
].map((path) => ({ path, text: readFileSync(path, 'utf8') }));

describe('the documents', () => {
  it('name only files and folders that exist', () => {
    const missing = documents.flatMap(({ path, text }) => [
      ...pathsIn(text)
        .filter((named) => !existsSync(named.path))
        .map((named) => `${path}:${named.line} ${named.path}`),
      ...linksIn(text)
        .filter((link) => !existsSync(join(dirname(path), link.path)))
        .map((link) => `${path}:${link.line} ${link.path}`),
    ]);
    expect(missing).toEqual([]);
  });

  it(`have no sentence of more than ${LONGEST_SENTENCE} words`, () => {
    const long = documents.flatMap(({ path, text }) =>
      sentencesOf(text)
        .filter(({ words }) => words > LONGEST_SENTENCE)
        .map(({ line, words, text: sentence }) => `${path}:${line} (${words} words) ${sentence}`),
    );
    expect(long).toEqual([]);
  });

  it.each(PLAIN)('say nothing that matches %s: there is a plainer word', (word) => {
    const found = documents.flatMap(({ path, text }) =>
      sentencesOf(text)
        .filter(({ text: sentence }) => word.test(sentence))
        .map(({ line, text: sentence }) => `${path}:${line} ${sentence}`),
    );
    expect(found).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  it('says what each folder of src is for', () => {
    const layout = readFileSync('docs/architecture.md', 'utf8');
    const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.filter(({ name }) => !layout.includes(`\n      ${name}/ `))).toEqual([]);
  });
});

describe('docs/failures.md', () => {
  const codes = codesOf(readFileSync('docs/failures.md', 'utf8'));

  it('lists every code without a gap', () => {
    expect(codes).toEqual([
      ...range('M', 20),
      ...range('V', 7),
      ...range('D', 8),
      ...range('N', 8),
      ...range('T', 16),
      ...range('R', 12),
    ]);
  });

  it('each code is the name of a test', async () => {
    const tests = await testsByCode();
    expect(codes.filter((code) => !tests.has(code))).toEqual([]);
  });

  it('no test is named after a code that nobody can look up', async () => {
    expect([...(await testsByCode()).keys()].filter((code) => !codes.includes(code))).toEqual([]);
  });
});
