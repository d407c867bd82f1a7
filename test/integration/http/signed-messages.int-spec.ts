import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SignedActionRegistry } from '#src/signed-messages/signed-action.registry.js';
import type { SignedAction } from '#src/signed-messages/signed-message.js';
import { startAdminApp } from '../../support/worlds/admin-app.js';
import { createTestDatabase } from '../../support/database.js';
import { textsDecoded } from '../../support/checks/texts-decoded.js';
import { TestWallet } from '../../support/builders/wallets.js';

/** Ours alone: it shows what every action has in common. */
const ACTION = 'test.echo';

describe('POST /signing-messages', () => {
  const wallet = TestWallet.generate().address;
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    database = await createTestDatabase();
    ({ app } = await startAdminApp(database.url, []));
    app.get(SignedActionRegistry).register({
      action: ACTION as SignedAction,
      prepare: async (_wallet, params) => ({
        params: { given: JSON.stringify(params) },
        extra: { terms: { a: 1 } },
      }),
    });
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const ask = (payload: Record<string, unknown>) =>
    app.inject({ method: 'POST', url: '/api/signing-messages', payload });

  it('answers the text, its times and what the action adds; parameters may be left out', async () => {
    const response = await ask({ action: ACTION, wallet });
    const answer = response.json<{ message: string; issuedAt: string; expiresAt: string; terms: unknown }>();
    expect(response.statusCode).toBe(200);
    expect(Object.keys(answer).sort()).toEqual(['expiresAt', 'issuedAt', 'message', 'terms']);
    expect(answer.message).toContain('Commit To Ship asks you to sign: test.echo\nHost: app.example.com\n');
    expect(answer.message).toContain(`Wallet: ${wallet}\nIssued at: ${answer.issuedAt}\n`);
    expect(answer.message).toContain('- given: "{}"');
    expect(Date.parse(answer.expiresAt) - Date.parse(answer.issuedAt)).toBe(5 * 60_000);
  });

  it.each([
    ['an action that does not exist', { action: 'escrow.drain', wallet }, 'unknown_action'],
    ['an action of 65 characters', { action: 'a'.repeat(65), wallet }, 'validation_failed'],
    ['an action that is no text', { action: [ACTION], wallet }, 'validation_failed'],
    ['no wallet', { action: ACTION }, 'validation_failed'],
    ['a wallet with a line break', { action: ACTION, wallet: `${wallet}\n` }, 'validation_failed'],
    ['a list of parameters', { action: ACTION, wallet, params: [] }, 'validation_failed'],
    ['null for the parameters', { action: ACTION, wallet, params: null }, 'validation_failed'],
    ['an unknown member', { action: ACTION, wallet, message: 'sign this' }, 'validation_failed'],
  ])('refuses %s with a 400', async (_, body, code) => {
    const response = await ask(body);
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([400, code]);
  });

  it('D1: refuses 15 KB in the place of a wallet, and decodes none of it', async () => {
    const decoded = await textsDecoded(async () => {
      expect((await ask({ action: ACTION, wallet: 'z'.repeat(15_000) })).statusCode).toBe(400);
    });
    expect(decoded).toEqual([]);
  });

  it('writes nothing', async () => {
    await ask({ action: ACTION, wallet });
    expect(await app.get(DataSource).query('SELECT 1 FROM audit_logs')).toEqual([]);
  });
});
