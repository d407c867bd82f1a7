import type { ApiAnswer } from '#src/local/rest-client.js';
import { ApiError, RestClient } from '#src/local/rest-client.js';
import type { RewardHost } from '../builders/rewards.js';
import { fundedWallet } from '../builders/wallets.js';
import { pause } from '../clock.js';
import { Random } from '../random.js';
import { type CampaignWorld, ORIGIN } from './campaign-world.js';

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 2_000;

/** What is answered while something is broken, or between clocks that differ: the same is asked again. */
const PASSING = [
  'database_unavailable',
  'rpc_unavailable',
  'chain_disagrees',
  'single_source',
  'history_incomplete',
  'price_unavailable',
  'storage_unavailable',
  'custody_unavailable',
  'message_expired',
  'nonce_expired',
  'not_signed_in',
  'request_in_progress',
  'too_many_requests',
  'draining',
];

export type Answered<T> = { readonly body: T } | { readonly refused: string };

/** Everybody who uses the service during a campaign: they ask any replica, and ask again until they are served. */
export class Crowd {
  /** How often which status was answered; `cut` for none. */
  readonly answers = new Map<string, number>();
  /** Answers that must never be given. */
  readonly wrong: string[] = [];
  private readonly signedIn = new Map<string, Promise<RestClient>>();
  private clients = 0;
  private isPatient = true;
  private last = 'nothing was answered';

  constructor(
    private readonly world: CampaignWorld,
    private readonly random: Random,
  ) {}

  /** Whoever asks now asks for the last time. */
  goHome(): void {
    this.isPatient = false;
  }

  comeBack(): void {
    this.isPatient = true;
  }

  client(replica = this.random.below(this.world.replicas.length)): RestClient {
    this.clients += 1;
    const address = `10.${this.clients >> 16}.${(this.clients >> 8) & 255}.${this.clients & 255}`;
    return new RestClient(this.world.replicas[replica]?.url ?? '', ORIGIN, { 'x-forwarded-for': address });
  }

  /** Builders of the tests, at whichever replica. */
  get host(): RewardHost {
    const { chain } = this.world;
    const fund = (lamports?: bigint) => fundedWallet(chain, lamports);
    return { chain, client: () => this.client(), fundedWallet: fund };
  }

  /** Until somebody has decided: the answer, or the code of a refusal that will not pass. */
  async insist<T>(what: string, ask: (client: RestClient) => Promise<ApiAnswer<T>>): Promise<Answered<T>> {
    return this.untilDecided(what, () => this.once(() => ask(this.client())));
  }

  /** The same as one of the admins. */
  async insistAsAdmin<T>(
    what: string,
    ask: (admin: RestClient) => Promise<ApiAnswer<T>>,
  ): Promise<Answered<T>> {
    return this.untilDecided(what, () => this.once(async () => ask(await this.admin())));
  }

  /** Looks again and again until there is something to see. */
  async until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    for (let waitMs = FIRST_WAIT_MS; this.isPatient; waitMs = Math.min(LONGEST_WAIT_MS, 2 * waitMs)) {
      const found = await look().catch((error: unknown) => this.note(error));
      if (found !== undefined) return found;
      await pause(waitMs);
    }
    throw new Error(`in vain until the end of the campaign: ${what} (last: ${this.last})`);
  }

  private untilDecided<T>(what: string, ask: () => Promise<Answered<T> | undefined>): Promise<Answered<T>> {
    return this.until(what, async () => {
      const answer = await ask();
      return answer !== undefined && 'refused' in answer && PASSING.includes(answer.refused)
        ? undefined
        : answer;
    });
  }

  private async once<T>(ask: () => Promise<ApiAnswer<T>>): Promise<Answered<T> | undefined> {
    try {
      const { status, body } = await ask();
      this.count(String(status));
      return { body };
    } catch (error) {
      this.note(error);
      if (!(error instanceof ApiError)) return undefined;
      return error.status >= 500 ? undefined : { refused: error.code ?? String(error.status) };
    }
  }

  private note(error: unknown): undefined {
    this.last = String(error);
    if (!(error instanceof ApiError)) {
      this.count('cut');
      return undefined;
    }
    this.count(`${error.status} ${error.code ?? ''}`);
    if (error.status >= 500 && error.status !== 503) this.wrong.push(error.message);
    if (error.code === 'not_signed_in') this.signedIn.clear();
    return undefined;
  }

  private count(name: string): void {
    this.answers.set(name, (this.answers.get(name) ?? 0) + 1);
  }

  private async admin(): Promise<RestClient> {
    const replica = this.random.below(this.world.replicas.length);
    const wallet = this.random.pick(this.world.admins);
    const name = `${replica} ${wallet.address}`;
    const signingIn = async () => {
      const client = this.client(replica);
      await client.adminLogin(wallet);
      return client;
    };
    const client = this.signedIn.get(name) ?? signingIn();
    this.signedIn.set(name, client);
    try {
      return await client;
    } catch (error) {
      this.signedIn.delete(name);
      throw error;
    }
  }
}
