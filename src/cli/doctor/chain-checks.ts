/** The lines of the checklist that the RPC endpoints answer. */
import { parseEnvironment } from '#config/environment.js';
import type { SettingsSource } from '#config/load.js';
import { Settings } from '#config/settings.js';
import { SystemClock } from '#src/common/clock.js';
import type { EndpointReport } from '#src/chain/port/chain.js';
import { CliError } from '#src/cli/session/cli-error.js';
import { count } from '#src/cli/text/words.js';
import { type Check, fail, pass, tried, warn } from './check.js';

const NAMES = [
  'SOLANA_RPC_URL',
  'SOLANA_RPC_GROUPS',
  'SOLANA_RPC_TIMEOUT_MS',
  'SOLANA_CLUSTER',
  'SOLANA_COMMITMENT',
];
const LARGEST_CLOCK_DIFFERENCE_SECONDS = 60;
const MEND = 'replace the provider in SOLANA_RPC_URL; ops rpc check tests another one';

export async function chainChecks(source: SettingsSource): Promise<readonly Check[]> {
  return tried('rpc', MEND, async () => {
    const own = Object.fromEntries(NAMES.map((name) => [name, source[name]]));
    if (!source['SOLANA_RPC_URL']) throw new CliError('SOLANA_RPC_URL is not set');
    const settings = new Settings(parseEnvironment(own));
    const { SolanaChain } = await import('#src/chain/solana-chain.js');
    const chain = new SolanaChain(settings, new SystemClock());
    const reports = await chain.endpoints();
    const clock = await tried('chain clock', MEND, async () => [
      clockOf((await chain.shownTime()).unixSeconds),
    ]);
    return [...reports.map(endpointOf), secondSourceOf(reports), ...clock];
  });
}

/** Another cluster's genesis is a reason among others. */
function endpointOf({ endpoint, ok, reason, slot, missing }: EndpointReport): Check {
  const name = `rpc ${endpoint}`;
  if (ok) return pass(name, `can do all that is needed${slot === undefined ? '' : `, slot ${slot}`}`);
  const costs = missing.map(({ method, costs: cost }) => `${method} (${cost})`).join(', ');
  return fail(name, `${reason ?? 'no answer'}${costs === '' ? '' : `; lacks ${costs}`}`, MEND);
}

function secondSourceOf(reports: readonly EndpointReport[]): Check {
  const voices = new Set(reports.map(({ voice }) => voice)).size;
  if (voices > 1) return pass('second source', count(voices, 'provider'));
  const found = 'one provider: nobody contradicts it when it errs, and payouts stop when it does';
  return warn('second source', found, 'add an endpoint of another provider to SOLANA_RPC_URL');
}

function clockOf(unixSeconds: number): Check {
  const difference = Math.abs(unixSeconds - Date.now() / 1_000);
  const found = `${Math.round(difference)} s between this machine and the chain`;
  return difference <= LARGEST_CLOCK_DIFFERENCE_SECONDS
    ? pass('chain clock', found)
    : warn('chain clock', found, 'set the clock by NTP; where it is right, look at the provider');
}
