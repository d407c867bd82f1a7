import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { backoffMs, isTold, payloadOf, retryAfterMs, type ToldEvent } from './webhook.js';

const HOUR = 3_600_000;
const told: ToldEvent = {
  auditId: '17',
  ts: new Date('2026-11-22T10:00:00.123Z'),
  event: 'payout_stopped_error',
  actor: 'job:payout-driver',
  requestId: 'r1',
  commitmentId: '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f',
  payoutId: null,
  signature: null,
  fields: { failures: 3 },
};

describe('what is told', () => {
  it.each(['admin_login_ok', 'admin_webhook_test_ok', 'commitment_create_denied', 'job_overdue_error'])(
    '%s is',
    (event) => expect(isTold(event)).toBe(true),
  );
  it.each(['commitment_create_ok', 'payout_signed', 'webhook_undeliverable_error', 'webhook_disabled_error'])(
    '%s is not',
    (event) => expect(isTold(event)).toBe(false),
  );
});

describe('the payload', () => {
  it('names the event, its time and its row, and leaves out what the row has not', () => {
    expect(JSON.parse(payloadOf(told))).toEqual({
      type: 'payout_stopped_error',
      timestamp: '2026-11-22T10:00:00.123Z',
      data: {
        id: '17',
        event: 'payout_stopped_error',
        actor: 'job:payout-driver',
        requestId: 'r1',
        commitmentId: '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f',
        fields: { failures: 3 },
      },
    });
  });

  it('stays below 20 kB whatever the fields, keeps those that fit and says that some are missing', () => {
    const fields = { small: 1, large: '\u{1f600}\u0000"'.repeat(9_000), last: 'here' };
    const body = payloadOf({ ...told, fields });
    const { data } = JSON.parse(body) as { data: { fields: object; fieldsTruncated: string } };
    expect(Buffer.byteLength(body)).toBeLessThan(20_000);
    expect(data.fields).toEqual({ small: 1, last: 'here' });
    expect(data.fieldsTruncated).toContain('audit log row 17');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string({ maxLength: 30_000 }), { maxKeys: 5 }), (any) => {
        expect(Buffer.byteLength(payloadOf({ ...told, fields: any }))).toBeLessThan(20_000);
      }),
      { numRuns: 50 },
    );
  });

  it('is signed so that the standard library accepts it, and nothing else', () => {
    const webhook = new Webhook(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
    const body = payloadOf(told);
    const now = new Date();
    const headers = {
      'webhook-id': 'id-1',
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': webhook.sign('id-1', now, body),
    };
    expect(webhook.verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => webhook.verify(`${body} `, headers)).toThrow('No matching signature');
    expect(() => webhook.verify(body, { ...headers, 'webhook-id': 'id-2' })).toThrow('No matching signature');
  });
});

describe('the wait after a failure', () => {
  it('doubles from 5 s to an hour, with jitter, and never leaves these bounds', () => {
    expect([1, 2, 3, 8, 10, 11, 500].map((attempts) => backoffMs(attempts, 0.5))).toEqual([
      5_000,
      10_000,
      20_000,
      640_000,
      2_560_000,
      HOUR,
      HOUR,
    ]);
    expect([backoffMs(3, 0), backoffMs(3, 1)]).toEqual([16_000, 24_000]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, chance) => {
          expect(backoffMs(n, chance)).toBeGreaterThanOrEqual(5_000);
          expect(backoffMs(n, chance)).toBeLessThanOrEqual(HOUR);
        },
      ),
    );
  });

  it.each([
    ['120', 120_000],
    [' 7 ', 7_000],
    ['Sun, 22 Nov 2026 10:01:30 GMT', 90_000],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
    ['999999', HOUR],
    ['9'.repeat(400), HOUR],
    ['-5', 0],
    ['soon', 0],
    [undefined, 0],
  ])('Retry-After: %s asks for %d ms', (header, ms) => {
    expect(retryAfterMs(header, new Date('2026-11-22T10:00:00Z'))).toBe(ms);
  });
});
