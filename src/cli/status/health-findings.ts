/** What is to be said of the parts that /health/ready names. It needs no session, and tells even without a database. */
import type { HealthCheckDto, ReadinessDto } from '#src/health/health.dto.js';
import type { Finding } from './finding.js';

type Told = readonly [what: string, next: string];

/** Jobs have findings of their own where somebody is signed in. */
const PARTS: Readonly<Record<string, (detail: string) => Told>> = {
  database: (detail) => [
    'The database does not serve: no request that needs it is answered',
    /disk/.test(detail)
      ? 'give it disk space; RUNBOOK.md, "Full disk"'
      : /read-only/.test(detail)
        ? 'promote the standby and move the address; RUNBOOK.md, "Database failover"'
        : 'npm run migrate:status tests the same URL; RUNBOOK.md, incident 1',
  ],
  migrations: () => ['The schema is not that of this version', 'npm run migrate'],
  rpc: () => [
    'RPC endpoints fail: payouts may wait',
    'ops rpc check, then replace the provider in SOLANA_RPC_URL and restart',
  ],
  signer: () => ['Escrow keys cannot be used: payouts wait', 'set what is missing and restart'],
  feePayer: (detail) => [
    'The fee payer cannot pay for long',
    /cannot be read/.test(detail) ? 'ops rpc check' : 'ops fee-payer show, then send SOL to it',
  ],
  jobs: () => ['Jobs are overdue', 'ops jobs'],
};

/** Of these nothing is known while the database is away: that is one trouble, not three. */
const KNOWN_BY_DATABASE = ['migrations', 'jobs'];

/** @param except parts that are told otherwise */
export function healthFindings({ status, checks }: ReadinessDto, except: readonly string[] = []): Finding[] {
  if (status === 'draining') return [DRAINING];
  const untold = checks['database']?.status === 'error' ? [...except, ...KNOWN_BY_DATABASE] : except;
  const failed = Object.entries(checks).filter(
    ([name, check]) => check.status === 'error' && !untold.includes(name),
  );
  return [...failed.map(([name, check]) => findingOf(name, check)), ...singleSource(checks['rpc'])];
}

const DRAINING: Finding = {
  urgency: 'watch',
  what: 'The replica that answered is shutting down',
  why: 'It was told to end, and serves until then.',
  next: 'ops status again in half a minute',
};

function findingOf(name: string, { detail = 'no detail' }: HealthCheckDto): Finding {
  const [what, next] = PARTS[name]?.(detail) ?? [`${name} fails`, 'look at the log of the service'];
  return { urgency: 'act', what, why: detail, next };
}

function singleSource(rpc: HealthCheckDto | undefined): Finding[] {
  if (rpc?.singleSource !== true || rpc.status === 'error') return [];
  return [
    {
      urgency: 'watch',
      what: 'One RPC provider is configured',
      why: 'single_source: nobody contradicts it when it errs, and payouts stop when it does.',
      next: 'add an endpoint of another provider to SOLANA_RPC_URL and restart',
    },
  ];
}
