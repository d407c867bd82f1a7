/**
 * The service and its commands for `npm run build`: one graph of few large files, since finding and reading two thousand small
 * ones was most of what a start cost. What only some runs need (commands, the local world) lies in chunks that are loaded when asked.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { build } from 'esbuild';
import { swcOptions } from './swc.mjs';

/** What is started by name. They share their chunks, so that every module exists once in a process. */
export const ENTRIES = [
  'src/main.ts',
  'src/cli/ops.ts',
  'src/cli/migrate.ts',
  'src/local/demo/main.ts',
  'src/local/localnet.ts',
];

const EXTERNAL = [
  // Nest and TypeORM ask for these where they are installed, and here they are not.
  '@nestjs/microservices',
  '@nestjs/websockets',
  '@nestjs/platform-express',
  '@fastify/multipart',
  '@fastify/view',
  'class-transformer/storage',
  // They look for files beside their own.
  'bigint-buffer',
  'bufferutil',
  'utf-8-validate',
  'swagger-ui-dist',
  // It hands its `require` on, which no bundler can follow.
  'jsonc-parser',
  // Large, and loaded in one mode of custody only.
  '@privy-io/server-auth',
  // Below.
  'reflect-metadata',
];

// Chunks run in another order than modules would: metadata must be there before the first decorator, in whichever chunk that is.
const BANNER = `import 'reflect-metadata';
import { createRequire as createRequireOfChunk } from 'node:module';
const require = createRequireOfChunk(import.meta.url);`;

/** @returns the files that were written */
export async function buildService(root) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    outbase: root,
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: EXTERNAL,
    // Nest and the log call classes and errors by their names.
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    banner: { js: BANNER },
    metafile: true,
    logLevel: 'warning',
    plugins: [typescript, requires],
  });
  return Object.keys(metafile.outputs).map((path) => join(root, path));
}

/** Decorators' metadata, by which Nest injects, is what esbuild does not write. */
const typescript = {
  name: 'typescript',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const { code } = transformFileSync(path, { ...swcOptions, swcrc: false, sourceMaps: 'inline' });
      return { contents: code };
    });
  },
};

/**
 * Packages of Nest load these by a `require` of their own, which would find a second copy beside the bundled one, or by `import()`,
 * which has no names in a bundled CommonJS package.
 */
const requires = {
  name: 'requires',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules\/@nestjs\/(common|mapped-types|typeorm)\/.*\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8')
        .replace('const require = createRequire(import.meta.url);', '')
        .replace(/\bimport\('(class-validator|class-transformer)'\)/g, "require('$1')"),
    }));
  },
};
