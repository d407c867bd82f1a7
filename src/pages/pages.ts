import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Folders of dist/ that hold a page each; the files of one have the address /FOLDER/NAME. */
const FOLDERS = ['console', 'public'];
/** Addresses of pages. What follows the address of a page is for its script to read. */
const INDEXES: Readonly<Record<string, string>> = {
  '/console': 'console/index.html',
  '/c/:id': 'public/index.html',
  '/new': 'public/index.html',
};

/** Serves the browser pages of `npm run build`: files that hold nobody's data. What they show, they ask the API for. */
export async function servePages(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const built = join(dirname(createRequire(import.meta.url).resolve('#package.json')), 'dist');
  for (const [index, folder] of FOLDERS.entries()) {
    await app.register(fastifyStatic, {
      root: join(built, folder),
      prefix: `/${folder}/`,
      wildcard: false,
      index: false,
      cacheControl: false,
      decorateReply: index === 0,
      // A new version is taken at once, and an old one is not sent again.
      setHeaders: (response) => void response.setHeader('cache-control', 'no-cache'),
    });
  }
  for (const [address, file] of Object.entries(INDEXES)) {
    fastify.get(address, (_request, reply) => reply.sendFile(file, built));
  }
}
