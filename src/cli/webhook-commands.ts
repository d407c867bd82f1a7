import { CliError } from './cli-error.js';
import { type CommandContext, needed, signedIn } from './command-support.js';

const STATUSES = ['pending', 'delivered', 'undeliverable'];

/** The newest deliveries, of one status or of all. @throws CliError (exit code 2) */
export async function webhooksList(context: CommandContext, [status]: readonly string[]): Promise<unknown> {
  if (status !== undefined && !STATUSES.includes(status))
    throw new CliError(`The status of a delivery is one of ${STATUSES.join(', ')}.`, 2);
  const query = status === undefined ? '' : `?status=${status}`;
  return (await signedIn(context).get(`/admin/webhook-deliveries${query}`)).body;
}

/** Sends one again, under its webhook-id. */
export async function webhooksResend(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  return (await signedIn(context).post(`/admin/webhook-deliveries/${needed(id, 'ID')}/resend`)).body;
}

/** Where events go, whether that is switched off, and what waits. */
export async function webhooksStatus(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).get('/admin/webhook-endpoint')).body;
}

/** Sends again after the receiver has answered 410. */
export async function webhooksEnable(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).post('/admin/webhook-endpoint/enable')).body;
}

/** Sends an event that means nothing, by the way that all take. */
export async function webhooksTest(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).post('/admin/webhook-endpoint/test')).body;
}
