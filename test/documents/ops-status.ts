import { findingsOf } from '#src/cli/status/findings.js';
import { seenOf, statusPage } from '#src/cli/status/status-page.js';
import type { OverviewDto } from '#src/operations/overview.dto.js';

/** What `ops status` prints in ten situations: by its own code, from what the service answers then. */

const API = 'https://api.example.com';
const AT = '2026-12-01T02:30:00.000Z';
const before = (minutes: number) => new Date(Date.parse(AT) - minutes * 60_000).toISOString();
const id = (nth: number) => `01a22f6f-d9a3-7460-946e-${String(nth).padStart(12, '0')}`;
const ADMIN = '2bnnYB8BkriNzRGxv2Z8ZfioXEXBiBqz7PKUL2WMKr4Q';
const FEE_PAYER = 'GUpMrHdTZL7ReiqAtUdHuXtUZrZfbmVysmyVpqrHbYiP';

const endpoint = (host: string, more: object = {}) => ({
  endpoint: host,
  voice: host,
  ok: true,
  red: false,
  slot: 385_000_412,
  ...more,
});

const WELL: OverviewDto = {
  at: AT,
  health: {
    status: 'ok',
    checks: {
      database: { status: 'ok' },
      migrations: { status: 'ok' },
      rpc: {
        status: 'ok',
        singleSource: false,
        endpoints: [endpoint('rpc.one.example'), endpoint('rpc.two.example')],
      },
      signer: { status: 'ok' },
      feePayer: { status: 'ok' },
      jobs: { status: 'ok' },
    },
  },
  pauses: [],
  payouts: { counts: [], oldest: [], lateAfterSeconds: 300 },
  waitingRounds: [],
  locks: [],
  overdueJobs: [],
  feePayer: { address: FEE_PAYER, balanceLamports: 4_200_000_000, floorLamports: 100_000_000, ok: true },
  webhook: {
    host: 'hooks.example.com',
    signed: true,
    disabledAt: null,
    disabledReason: null,
    pending: 0,
    undeliverable: 0,
    oldestPendingAt: null,
  },
  alarms: [],
};

type Payouts = OverviewDto['payouts'];

function stuck(minutes: number, status: string, waitingFor: string | undefined, count = 1): Payouts {
  const oldest = Array.from({ length: count }, (_, nth) => ({
    id: id(100 + nth),
    commitmentId: id(200 + nth),
    status,
    amountLamports: 1_999_994_940,
    createdAt: before(minutes),
    ...(waitingFor === undefined ? {} : { waitingFor }),
  }));
  const counts = [{ status, count, oldestAt: before(minutes) }];
  return { lateAfterSeconds: 300, oldest, counts } as unknown as Payouts;
}

function health(part: string, detail: string, status: 'error' | 'degraded' = 'degraded', more: object = {}) {
  const checks = { ...WELL.health.checks, [part]: { status: 'error', detail, ...more } };
  return { status, checks } as OverviewDto['health'];
}

interface Situation {
  readonly title: string;
  readonly about: string;
  readonly changes: Partial<OverviewDto>;
}

const SITUATIONS: readonly Situation[] = [
  {
    title: 'All is well',
    about: 'Exit code 0. In each of the others a person has to do something, and it is 1.',
    changes: {},
  },
  {
    title: 'Somebody has stopped all payouts',
    about: 'Three payouts wait for the pause.',
    changes: {
      pauses: [
        {
          id: id(1),
          scope: 'all',
          reason: 'a theft is suspected',
          createdBy: ADMIN,
          createdAt: before(12),
          endsAt: before(-43_188),
        },
      ] as unknown as OverviewDto['pauses'],
      payouts: stuck(10, 'pending', `paused by ${ADMIN}: a theft is suspected`, 3),
    },
  },
  {
    title: 'A payout has failed three times on chain',
    about: 'Incident 3.',
    changes: { payouts: stuck(25, 'stopped', 'custom program error') },
  },
  {
    title: 'An escrow is empty',
    about: 'Incident 5. It is said at once: time alone does not help.',
    changes: {
      payouts: stuck(
        1,
        'pending',
        'escrow_underfunded: The escrow holds 0 lamports, and 2000000000 are needed.',
      ),
    },
  },
  {
    title: 'The RPC providers are away',
    about: 'Incident 2. However many payouts wait for it, it is one thing.',
    changes: {
      health: health(
        'rpc',
        'rpc.one.example: getSlot: no answer before the deadline; rpc.two.example: HTTP 503',
        'degraded',
        {
          endpoints: [
            endpoint('rpc.one.example', { ok: false, slot: 385_000_101 }),
            endpoint('rpc.two.example', { ok: false }),
          ],
        },
      ),
      payouts: stuck(9, 'pending', 'rpc_unavailable: No Solana RPC endpoint answered getLatestBlockhash.', 4),
    },
  },
  {
    title: 'Two providers contradict each other',
    about: 'Incident 2. Nothing is decided meanwhile.',
    changes: {
      payouts: stuck(
        7,
        'in_flight',
        'chain_disagrees: rpc.one.example says that the transaction is finalized, rpc.two.example does not know it.',
      ),
    },
  },
  {
    title: 'A provider has lost the history of an escrow',
    about: 'Incident 16. Without it nobody can know what has left the escrow already.',
    changes: {
      payouts: stuck(
        40,
        'pending',
        'history_incomplete: rpc.two.example: its history begins at 2026-11-30T00:00:00Z, and the escrow is older.',
      ),
    },
  },
  {
    title: 'The fee payer runs dry',
    about: 'Incident 10.',
    changes: {
      health: health('feePayer', `${FEE_PAYER} holds 12000 lamports, below the floor of 100000000`),
      feePayer: { address: FEE_PAYER, balanceLamports: 12_000, floorLamports: 100_000_000, ok: false },
      payouts: stuck(2, 'pending', `fee_payer_underfunded: ${FEE_PAYER} holds too little for the fees.`, 2),
    },
  },
  {
    title: 'Alarms do not reach anybody, and a job stands still',
    about: 'Section Webhook, and section Scheduled work.',
    changes: {
      webhook: { ...WELL.webhook, pending: 31, disabledAt: before(55), disabledReason: 'answered 410' },
      overdueJobs: [
        { name: 'audit-seal', periodSeconds: 60, lastSuccessAt: before(8), lastError: 'a transaction hangs' },
      ],
    },
  },
  {
    title: 'Somebody has written into the database',
    about: 'Incident 15. The door does not sign what wallets have not signed.',
    changes: {
      payouts: stuck(
        3,
        'pending',
        'signing_refused: destination: the payout row names another wallet than the terms.',
      ),
      alarms: [
        { event: 'escrow_signing_refused_error', count: 1, lastAt: before(3) },
        { event: 'database_change_foreign_error', count: 2, lastAt: before(2) },
      ],
    },
  },
];

export async function renderOpsStatus(): Promise<string> {
  const pages = SITUATIONS.map(({ title, about, changes }, nth) => {
    const overview = { ...WELL, ...changes };
    const page = statusPage({ api: API, at: AT }, findingsOf(overview), seenOf(overview));
    return `## ${nth + 1}. ${title}\n\n${about}\n\n\`\`\`text\n${page}\n\`\`\`\n`;
  });
  const head =
    '# What `ops status` says in ten situations\n\n' +
    'Printed by its own code (`test/documents/ops-status.ts`). Each thing says what is stuck, why, since when, and which command\n' +
    'comes next. The numbers of incidents are those of [RUNBOOK.md](../RUNBOOK.md).\n';
  return [head, ...pages].join('\n');
}
