import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runOps } from '../../support/processes/ops-command.js';
import { SupabaseDouble } from '../../support/doubles/supabase-double.js';

const KEY = 'service-role-key-of-the-supabase-double';
const WRONG = 'another-service-role-key-nobody-knows';

let supabase: SupabaseDouble;
beforeAll(async () => {
  supabase = await SupabaseDouble.start(KEY);
});
afterAll(async () => supabase?.stop());

const check = (key: string, url = supabase.url) =>
  runOps(tmpdir(), ['supabase', 'check'], { SUPABASE_URL: url, SUPABASE_SERVICE_ROLE_KEY: key });

it('proves that a service role key signs avatar uploads, and uploads nothing', async () => {
  const { code, out } = await check(KEY);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ ok: true, bucket: 'avatars' });
  expect(supabase.requests.map(({ method }) => method)).toEqual(['POST']);
  expect(supabase.requests[0]?.path).toMatch(
    /^\/storage\/v1\/object\/upload\/sign\/avatars\/check\/[0-9a-f-]{36}$/,
  );
});

it('says that a wrong key cannot, without repeating it or what Supabase said', async () => {
  const { code, out, err } = await check(WRONG);
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain('The key cannot sign an upload');
  expect(err).not.toMatch(/jws|nobody-knows|^\s+at /m);
});

it('says that nothing answers, and that nothing was given to check', async () => {
  const away = await check(KEY, 'http://127.0.0.1:9');
  expect([away.code, away.out]).toEqual([1, '']);
  expect(away.err).toContain('The key cannot sign an upload');
  const nothing = await runOps(tmpdir(), ['supabase', 'check']);
  expect(nothing.code).toBe(2);
  expect(nothing.err).toContain('SUPABASE_SERVICE_ROLE_KEY');
});
