/**
 * `npm run build`: the service with its commands and the browser pages, bundled under dist/. Types are checked by
 * `npm run typecheck`; leaving that out here makes the build take a moment, so that every command can begin with it.
 */
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildService } from './service.mjs';
import { buildPages } from './web.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'dist');

const built = new Set((await Promise.all([buildService(root), buildPages(root)])).flat());
// What was built from a file that is gone must not be loaded any more.
for (const file of listBuilt()) if (!built.has(file)) rmSync(file);

function listBuilt() {
  return readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
