/**
 * `npm run clients:generate` writes the generated part of the client. With --check it writes nothing, and ends with exit
 * code 1 when that part is not what docs/openapi.json gives.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@hey-api/openapi-ts';
import { generator } from './openapi-ts.config.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const DOCUMENT = here('../../docs/openapi.json');
const GENERATED = here('src/generated');

/** Every file below a folder with its text. */
async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = names
    .toSorted()
    .map(async (name) => [name.slice(folder.length), await readFile(name, 'utf8')]);
  return JSON.stringify(await Promise.all(texts));
}

async function isFresh() {
  const folder = await mkdtemp(join(tmpdir(), 'cts-client-'));
  try {
    await createClient(generator(DOCUMENT, folder));
    return (await filesOf(folder)) === (await filesOf(GENERATED));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (!process.argv.includes('--check')) {
  await createClient(generator(DOCUMENT, GENERATED));
} else if (!(await isFresh())) {
  process.stdout.write('clients/typescript/src/generated is stale: run `npm run clients:generate`\n');
  process.exitCode = 1;
}
