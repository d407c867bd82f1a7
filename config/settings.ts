import { decimalOf, multiplyDecimals, toDecimalString } from '#src/common/money/decimal.js';
import type { Environment } from './environment.js';
import { isLoopbackHost } from './rules/validators.js';

/** The parsed settings as an injectable; `settings.env.PORT`. Derived values live here, each in one place. */
export class Settings {
  constructor(readonly env: Environment) {}

  get isProduction(): boolean {
    return this.env.NODE_ENV === 'production';
  }

  /** The cluster of this machine alone: its time can be moved, and its slots are as short as somebody likes. */
  get isLocalCluster(): boolean {
    const hosts = (this.env.SOLANA_RPC_URL ?? []).map((url) => new URL(url).hostname);
    return this.env.SOLANA_CLUSTER === 'localnet' && hosts.every(isLoopbackHost);
  }

  /** Origin that admin requests must come from; outside production it defaults to the API's own address. */
  get appOrigin(): string {
    return this.env.APP_ORIGIN ?? `http://localhost:${this.env.PORT}`;
  }

  /** Host (with port) of APP_ORIGIN: the one that signed messages name. */
  get appHost(): string {
    return new URL(this.appOrigin).host;
  }

  /** Hosts that stored messages may name: that of APP_ORIGIN, and those of APP_ORIGIN_PREVIOUS. */
  get knownHosts(): readonly string[] {
    return [this.appHost, ...this.env.APP_ORIGIN_PREVIOUS.map((origin) => new URL(origin).host)];
  }

  /** Who keeps the keys of new escrows; an escrow that exists stays where its row says. */
  get custody(): 'local' | 'privy' {
    const { ESCROW_CUSTODY, PRIVY_APP_ID } = this.env;
    return ESCROW_CUSTODY ?? (this.isProduction && PRIVY_APP_ID !== undefined ? 'privy' : 'local');
  }

  /** What the configured custody lacks to make an escrow: names of settings. */
  get missingForCustody(): string[] {
    const needed = [
      'ESCROW_DB_SECRET',
      ...(this.custody === 'privy' ? (['PRIVY_APP_ID', 'PRIVY_APP_SECRET'] as const) : []),
    ] as const;
    return needed.filter((name) => this.env[name] === undefined);
  }

  /** Above this a holder may approve; US dollars, an exact decimal text. */
  get minHoldingUsd(): string {
    return toDecimalString(decimalOf(this.env.REWARD_MIN_HOLDING_USD));
  }

  /** Below this much in the pools behind it a price does not count; US dollars, an exact decimal text. */
  get minLiquidityUsd(): string {
    return toDecimalString(decimalOf(this.env.REWARD_MIN_LIQUIDITY_USD));
  }

  /** Sum of the approvals that unlocks a milestone; US dollars, an exact decimal text. */
  get approvalThresholdUsd(): string {
    return approvalThresholdUsd(this.env);
  }
}

/** The explicit figure, else that many holders of the minimum. */
export function approvalThresholdUsd({
  REWARD_APPROVAL_THRESHOLD,
  REWARD_APPROVAL_THRESHOLD_USD,
  REWARD_MIN_HOLDING_USD,
}: Pick<
  Environment,
  'REWARD_APPROVAL_THRESHOLD' | 'REWARD_APPROVAL_THRESHOLD_USD' | 'REWARD_MIN_HOLDING_USD'
>): string {
  if (REWARD_APPROVAL_THRESHOLD_USD !== undefined)
    return toDecimalString(decimalOf(REWARD_APPROVAL_THRESHOLD_USD));
  const holders = decimalOf(REWARD_APPROVAL_THRESHOLD.toString());
  return toDecimalString(multiplyDecimals(holders, decimalOf(REWARD_MIN_HOLDING_USD)));
}
