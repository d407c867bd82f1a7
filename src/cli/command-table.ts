import { FLAGS as AUDIT_FLAGS } from '#src/cli/audit/audit-flags.js';
import * as admins from '#src/cli/commands/admin-commands.js';
import * as escrow from '#src/cli/commands/escrow-commands.js';
import * as lists from '#src/cli/commands/list-commands.js';
import * as launches from '#src/cli/commands/launch-commands.js';
import * as money from '#src/cli/commands/money-commands.js';
import * as pauses from '#src/cli/commands/pause-commands.js';
import { reconcile } from '#src/cli/commands/reconcile-commands.js';
import { recover } from '#src/cli/commands/recover-commands.js';
import { status } from '#src/cli/commands/status-commands.js';
import * as webhooks from '#src/cli/commands/webhook-commands.js';
import type { Command, OpsCommand } from '#src/cli/session/command-support.js';

// What needs the settings, the database or the chain is loaded when it is asked for: the other commands answer at once.
const audit = () => import('#src/cli/audit/audit-commands.js');
const database = () => import('#src/cli/commands/database-commands.js');
const doctor = () => import('#src/cli/doctor/doctor-commands.js');
const feePayer = () => import('#src/cli/commands/fee-payer-commands.js');
const privy = () => import('#src/cli/commands/privy-commands.js');
const service = () => import('#src/cli/commands/service-commands.js');
const session = () => import('#src/cli/commands/session-commands.js');

function later<M>(load: () => Promise<M>, pick: (commands: M) => Command): Command {
  return async (context, args) => pick(await load())(context, args);
}

/** Flags of single commands, each with a value. */
export const FLAGS: readonly string[] = [
  ...new Set([
    ...AUDIT_FLAGS,
    ...pauses.FLAGS,
    ...admins.FLAGS,
    ...lists.FLAGS,
    ...launches.FLAGS,
    'last-backup',
    'since',
  ]),
];

/** Every command of `ops`, by its words. */
export const COMMANDS: Readonly<Record<string, OpsCommand>> = {
  login: {
    run: later(session, (commands) => commands.login),
    help: 'sign in: --keypair FILE, or --wallet ADDRESS and paste the signature',
  },
  logout: { run: later(session, (commands) => commands.logout), help: 'end the session' },
  whoami: { run: later(session, (commands) => commands.whoami), help: 'who is signed in, and until when' },
  status: {
    run: status,
    help: 'what is stuck, why, since when, and what comes next; exit code 1: it needs you',
  },
  doctor: {
    run: later(doctor, (commands) => commands.doctor),
    help: '[--last-backup TIME]: the deployment checklist against this environment; exit code 1: a line fails',
  },
  'sessions list': { run: admins.sessionsList, help: 'who is signed in, since when and until when' },
  'sessions end': {
    run: admins.sessionsEnd,
    dryRun: true,
    args: 'HANDLE_OR_WALLET_OR_all',
    help: 'end one session, all of an admin, or all of everybody',
  },
  'admins revocations': { run: admins.revocationsList, help: 'admins that were shut out' },
  'admins revoke': {
    run: admins.adminsRevoke,
    dryRun: true,
    args: 'WALLET',
    help: '[--void-from TIME] [--reason TEXT]: shut an admin out, everywhere at once',
  },
  'reconcile balances': {
    run: reconcile('escrow_balances'),
    help: '[--full] [--commitment ID]: do escrows hold what their transactions say?',
  },
  'reconcile actions': {
    run: reconcile('admin_actions'),
    help: '[--full] [--commitment ID]: is what admins have decided on chain, and nothing else?',
  },
  recover: {
    run: recover,
    dryRun: true,
    help: '[--since TIME] [--commitment ID]: after a restore, book what was paid and is lost; pays nothing',
  },
  'commitments list': {
    run: lists.commitmentsList,
    help: '[--status S] [--kind K] [--wallet W]: what is owed, and what the escrows hold',
  },
  'commitments show': { run: money.commitmentShow, args: 'ID', help: 'one commitment' },
  'fee-routing': {
    run: money.feeRouting,
    args: 'COMMITMENT_ID',
    help: 'who earns the creator fees of its token, asked of the chain now',
  },
  ...launches.COMMANDS,
  'commitments success': {
    run: money.commitmentSuccess,
    dryRun: true,
    args: 'ID',
    help: 'resolve as a success; waits for the payment',
  },
  'commitments failure': {
    run: money.commitmentFailure,
    dryRun: true,
    args: 'ID',
    help: '[--reason TEXT]: resolve as a failure and wait for the payment; of a reward it is announced',
  },
  'commitments call-off': {
    run: money.failureCallOff,
    args: 'ID',
    dryRun: true,
    help: 'call an announced or filed failure off, before it takes effect',
  },
  'commitments sweep': {
    run: money.commitmentsSweep,
    dryRun: true,
    help: 'end all that passed their deadline unattested',
  },
  'stray list': { run: money.strayList, help: 'money that came after the settlement' },
  'stray forward': {
    run: money.strayForward,
    dryRun: true,
    args: 'ID',
    help: 'pay it to the wallet of the outcome; waits for it',
  },
  'destinations change': {
    run: money.destinationChange,
    dryRun: true,
    args: 'COMMITMENT_ID OLD NEW',
    help: 'who is paid instead of a destination that is no wallet any more; two admins sign it',
  },
  'rewards normalize': {
    run: money.rewardNormalize,
    args: '[COMMITMENT_ID]',
    help: 'unlock what is due now',
  },
  'rewards release': {
    run: money.rewardRelease,
    dryRun: true,
    args: 'COMMITMENT_ID MILESTONE_ID',
    help: 'pay a milestone; waits for it',
  },
  'distributions show': {
    run: money.distributionShow,
    args: 'COMMITMENT_ID',
    help: 'who gets what of a failure',
  },
  'distributions unclaimed': { run: money.unclaimedShares, help: 'failures with unclaimed shares' },
  'payouts list': {
    run: lists.payoutsList,
    help: '[--status S] [--older-than 15m] [--commitment ID] [--fee-payer W]: unfinished ones; --status all',
  },
  'payouts show': { run: money.payoutShow, args: 'ID', help: 'one payout with every attempt' },
  'payouts resolve': {
    run: money.payoutResolve,
    dryRun: true,
    args: 'ID',
    help: 'prove what became of it, with what every RPC endpoint says; only what is dead is paid again (--one-witness)',
  },
  'payouts retry': {
    run: money.payoutRetry,
    dryRun: true,
    args: 'ID',
    help: 'take a stopped payout up again',
  },
  'locks list': { run: money.locksList, help: 'releases in progress' },
  'locks clear': {
    run: money.locksClear,
    dryRun: true,
    args: 'COMMITMENT_ID MILESTONE_ID',
    help: 'give up what cannot land',
  },
  'escrow-keys show': { run: escrow.escrowKeysShow, help: 'escrow keys by the secret that sealed them' },
  'escrow-keys rotate': {
    run: escrow.escrowKeysRotate,
    help: 'seal all with the newest ESCROW_DB_SECRET; follows it to the end',
  },
  'escrow-keys check': { run: escrow.escrowKeysCheck, help: 'open every escrow key, compare its address' },
  'webhooks status': { run: webhooks.webhooksStatus, help: 'where audit events go, and what waits' },
  'webhooks list': {
    run: webhooks.webhooksList,
    args: '[pending|delivered|undeliverable]',
    help: 'newest deliveries',
  },
  'webhooks resend': { run: webhooks.webhooksResend, args: 'ID', help: 'send one again' },
  'webhooks enable': { run: webhooks.webhooksEnable, help: 'send again after the receiver answered 410' },
  'webhooks test': { run: webhooks.webhooksTest, help: 'send an event that means nothing' },
  'audit list': {
    run: later(audit, (commands) => commands.auditList),
    help: 'rows of the audit log, newest first (filters below)',
  },
  'audit export': {
    run: later(audit, (commands) => commands.auditExport),
    help: 'all matching rows on stdout, oldest first (--format ndjson or csv)',
  },
  'audit verify': {
    run: later(audit, (commands) => commands.auditVerify),
    args: '[FILE]',
    help: 'is every row as it was sealed? Of DATABASE_URL, or of an export (--seal HASH)',
  },
  'pauses list': { run: pauses.pausesList, help: 'what is paused' },
  'pauses create': {
    run: pauses.pausesCreate,
    dryRun: true,
    help: '--reason TEXT [--commitment ID | --purpose PURPOSE]: stop payouts: all, or those of one commitment or purpose',
  },
  'pauses end': { run: pauses.pausesEnd, dryRun: true, args: 'ID', help: 'let them continue' },
  'limits show': {
    run: lists.limitsShow,
    args: '[ADDRESS_OR_WALLET]',
    help: 'who was refused for too many requests, and what one client has used up',
  },
  'limits forgive': {
    run: lists.limitsForgive,
    args: 'ADDRESS_OR_WALLET_OR_all',
    help: 'let a client begin anew',
  },
  'fee-payer show': {
    run: later(feePayer, (commands) => commands.feePayerShow),
    help: 'who pays the fees, and what it holds',
  },
  'fee-payer check': {
    run: later(feePayer, (commands) => commands.feePayerCheck),
    help: 'try ESCROW_FEE_PAYER_SECRET_KEY out; moves nothing',
  },
  jobs: { run: later(service, (commands) => commands.jobsShow), help: 'last runs of every job' },
  'database show': {
    run: later(database, (commands) => commands.databaseShow),
    help: 'of DATABASE_URL: size, largest tables, connections, what hangs',
  },
  'supabase check': {
    run: later(service, (commands) => commands.supabaseCheck),
    help: 'whether SUPABASE_SERVICE_ROLE_KEY can sign avatar uploads',
  },
  'rpc check': {
    run: later(service, (commands) => commands.rpcCheck),
    help: 'what the endpoints of SOLANA_RPC_URL can do',
  },
  'privy check': {
    run: later(privy, (commands) => commands.privyCheck),
    args: '[WALLET_ID]',
    help: 'PRIVY_APP_SECRET works; a wallet signs, nothing moves',
  },
};
