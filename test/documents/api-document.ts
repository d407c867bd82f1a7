import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { parseEnvironment } from '#config/environment.js';
import { AppModule } from '#src/app.module.js';
import { setPrefix } from '#src/app.setup.js';
import { createOpenApiDocument } from '#src/common/openapi/document.js';

/** The document that /openapi.json serves, made without starting anything: no database, no chain. */
export async function renderApiDocument(): Promise<string> {
  const environment = parseEnvironment({ NODE_ENV: 'test', DATABASE_URL: 'postgres://localhost/none' });
  const options = { preview: true, logger: false, abortOnError: false } as const;
  const app = await NestFactory.create(AppModule.forRoot(environment), new FastifyAdapter(), options);
  setPrefix(app);
  return `${linesOf(createOpenApiDocument(app), 3)}\n`;
}

/** One line for each operation and each component: as small as what is served, and a difference names what has changed. */
function linesOf(value: unknown, depth: number): string {
  if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value))
    return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${linesOf(member, depth - 1)}`,
  );
  return `{\n${members.join(',\n')}\n}`;
}
