/** The browser pages of `npm run build`: each folder of PAGES in web/ becomes index.html, app.js and app.css in a folder of dist/. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

export const PAGES = ['console', 'public'];

/** @returns the files that were written */
export async function buildPages(root) {
  return (await Promise.all(PAGES.map((page) => buildPage(root, page)))).flat();
}

async function buildPage(root, page) {
  const [source, out] = [join(root, 'web', page), join(root, 'dist', page)];
  const { outputFiles } = await build({
    entryPoints: { app: join(source, 'main.ts') },
    outdir: out,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    legalComments: 'none',
    logLevel: 'warning',
  });
  mkdirSync(out, { recursive: true });
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  const template = readFileSync(join(source, 'index.html'), 'utf8');
  const index = join(out, 'index.html');
  writeFileSync(index, withIntegrity(template, page, outputFiles));
  return [index, ...outputFiles.map(({ path }) => path)];
}

/** A file that something between has changed is not run. */
function withIntegrity(template, page, files) {
  return files.reduce((html, { path, contents }) => {
    const hash = `sha384-${createHash('sha384').update(contents).digest('base64')}`;
    const name = `"/${page}/${path.split('/').at(-1)}"`;
    return html.replace(name, `${name} integrity="${hash}"`);
  }, template);
}
