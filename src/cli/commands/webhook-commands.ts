import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from '#src/cli/session/cli-error.js';
import { Alarm, type CommandContext, needed, signedIn } from '#src/cli/session/command-support.js';

type Delivery = Readonly<Record<string, unknown>>;

const POLL_MS = 1_000;
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

/**
 * Sends an event that means nothing, by the way that all take, and waits until the receiver has taken it.
 * @throws CliError (exit code 3) when that takes longer than --wait
 */
export async function webhooksTest(context: CommandContext): Promise<unknown> {
  const client = signedIn(context);
  const until = Date.now() + context.waitSeconds * 1_000;
  let delivery: Delivery = (await client.post('/admin/webhook-endpoint/test')).body;
  while (delivery['status'] === 'pending') {
    const { attempts, lastError = 'not sent yet' } = delivery;
    context.progress(`attempts: ${String(attempts)}, ${String(lastError)}`);
    if (Date.now() > until) {
      const what = `The receiver has not taken the test event: ${String(lastError)}`;
      throw new CliError(
        `${what}. The service tries on; look again: npm run ops -- webhooks list`,
        3,
        delivery,
      );
    }
    await delay(POLL_MS);
    const { items } = (await client.get('/admin/webhook-deliveries?limit=100')).body as {
      items?: Delivery[];
    };
    delivery = items?.find(({ id }) => id === delivery['id']) ?? delivery;
  }
  return delivery['status'] === 'delivered' ? delivery : new Alarm(delivery);
}
