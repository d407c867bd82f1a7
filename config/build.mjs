/**
 * `npm run build`: every source file by itself, from TypeScript to JavaScript under dist/, and the browser pages, bundled. Types
 * are checked by `npm run typecheck`; leaving that out here makes the build take a moment, so that every command can begin with it.
 */
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFileSync } from '@swc/core';
import { swcOptions } from './swc.mjs';
import { buildPages } from './web.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'dist');

const sources = ['src', 'config', 'migrations', 'clients/typescript/src'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, name))
    .filter((name) => /(?<!\.(?:spec|fake))\.ts$/.test(name)),
);

// What was built from a file that is gone must not be loaded any more.
const stale = new Set(listBuilt());
for (const source of sources) {
  const target = join(out, source.replace(/\.ts$/, '.js'));
  const { code, map } = transformFileSync(join(root, source), {
    ...swcOptions,
    swcrc: false,
    sourceMaps: true,
  });
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
  writeFileSync(`${target}.map`, map ?? '');
  stale.delete(target);
  stale.delete(`${target}.map`);
}
for (const file of await buildPages(root)) stale.delete(file);
for (const file of stale) rmSync(file);
// What package.json names as a command.
chmodSync(join(out, 'src/cli/ops.js'), 0o755);

function listBuilt() {
  try {
    return readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}
