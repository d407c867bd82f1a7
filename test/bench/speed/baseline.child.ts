import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { fastify } from 'fastify';
import { Pool } from 'pg';

/** What a careful engineer gets by hand from the same parts, without anything of ours: the measure of the other figures. */
const { databaseUrl, kind } = JSON.parse(process.argv[2] ?? '{}') as { databaseUrl: string; kind: string };

// As the service counts: a window of a minute, by client and route.
const HIT = `
  INSERT INTO public.rate_limits AS present (key, window_start, expires_at, hits)
  VALUES ($1, date_bin('60 s', now(), 'epoch'::timestamptz), date_bin('60 s', now(), 'epoch'::timestamptz) + interval '60 s', 1)
  ON CONFLICT (key, window_start) DO UPDATE SET hits = present.hits + 1
  RETURNING hits`;

async function startFastify(): Promise<string> {
  const pool = new Pool({ connectionString: databaseUrl, max: 10 });
  const app = fastify({ trustProxy: (_address, hop) => hop < 1 });
  const read = async (id: string) => {
    const { rows } = await pool.query({
      name: 'row',
      text: 'SELECT * FROM public.commitments WHERE id = $1',
      values: [id],
    });
    return rows[0] as unknown;
  };
  app.get<{ Params: { id: string } }>('/row/:id', ({ params }) => read(params.id));
  app.get<{ Params: { id: string } }>('/limited/:id', async ({ ip, params }) => {
    const key = createHash('sha256').update(`row|${ip}`).digest('hex');
    await pool.query({ name: 'hit', text: HIT, values: [key] });
    return read(params.id);
  });
  return app.listen({ port: 0, host: '127.0.0.1' });
}

@Controller()
class LiveController {
  @Get('live')
  live() {
    return { status: 'ok', version: '0' };
  }
}

@Module({ controllers: [LiveController] })
class LiveModule {}

async function startNest(): Promise<string> {
  const app = await NestFactory.create<NestFastifyApplication>(LiveModule, new FastifyAdapter(), {
    logger: false,
  });
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

process.on('disconnect', () => process.exit(0));
process.send?.({ url: kind === 'nest' ? await startNest() : await startFastify() });
