import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#src/local/support/project-folder.js';

/** All tests, and what they are made of. */
export function readTests(): { readonly file: string; readonly source: string }[] {
  return ['src', 'config', 'migrations', 'test']
    .flatMap((folder) =>
      readdirSync(join(projectFolder(), folder), { recursive: true }).map((name) =>
        join(folder, String(name)),
      ),
    )
    .filter((file) => /(^test\/.*|spec)\.ts$/.test(file) && !file.startsWith('test/rules/'))
    .map((file) => ({ file, source: readFileSync(join(projectFolder(), file), 'utf8') }));
}
