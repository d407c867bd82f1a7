/** The lines of the checklist about others: fee payer, Privy, Supabase, price feed. What is not used passes. */
import { parseEnvironment } from '#config/environment.js';
import type { SettingsSource } from '#config/load.js';
import { Settings } from '#config/settings.js';
import type { CommandContext } from '#src/cli/session/command-support.js';
import { type Check, pass, tried } from './check.js';

const WRAPPED_SOL = 'So11111111111111111111111111111111111111112';

export async function partnerChecks(
  source: SettingsSource,
  context: CommandContext,
): Promise<readonly Check[]> {
  const all = await Promise.all([
    feePayer(source),
    privy(source, context),
    supabase(source),
    priceFeed(source),
  ]);
  return all.flat();
}

async function feePayer({ ESCROW_FEE_PAYER_SECRET_KEY: key }: SettingsSource): Promise<readonly Check[]> {
  if (!key) return [pass('fee payer', 'none: each escrow pays its own fees')];
  return tried('fee payer', 'ops fee-payer check; send SOL to it', async () => {
    const { feePayerCheck } = await import('#src/cli/commands/fee-payer-commands.js');
    const { address, balanceLamports } = (await feePayerCheck()) as {
      address: string;
      balanceLamports: number;
    };
    return [pass('fee payer', `${address} signs, and holds ${balanceLamports} lamports`)];
  });
}

async function privy(
  { PRIVY_APP_ID: app }: SettingsSource,
  context: CommandContext,
): Promise<readonly Check[]> {
  if (!app) return [pass('privy', 'not used')];
  return tried('privy', 'ops privy check; RUNBOOK.md, PRIVY_APP_SECRET', async () => {
    const { privyCheck } = await import('#src/cli/commands/privy-commands.js');
    const { address } = (await privyCheck(context, [])) as { address: string };
    return [pass('privy', `signs with wallet ${address}`)];
  });
}

async function supabase({ SUPABASE_URL: url }: SettingsSource): Promise<readonly Check[]> {
  if (!url) return [pass('supabase', 'not used')];
  return tried('supabase', 'ops supabase check; RUNBOOK.md, SUPABASE_SERVICE_ROLE_KEY', async () => {
    const { supabaseCheck } = await import('#src/cli/commands/service-commands.js');
    await supabaseCheck();
    return [pass('supabase', 'signs uploads')];
  });
}

async function priceFeed({ JUPITER_PRICE_URL, JUPITER_API_KEY }: SettingsSource): Promise<readonly Check[]> {
  return tried('price feed', 'JUPITER_API_KEY; without prices holders cannot approve', async () => {
    const settings = new Settings(parseEnvironment({ JUPITER_PRICE_URL, JUPITER_API_KEY }));
    const { JupiterPriceFeed } = await import('#src/approvals/prices/jupiter-price-feed.service.js');
    const price = (await new JupiterPriceFeed(settings).pricesOf([WRAPPED_SOL])).get(WRAPPED_SOL);
    const host = new URL(settings.env.JUPITER_PRICE_URL).host;
    return [
      pass('price feed', `${host} answers, ${price ? 'with a price of SOL' : 'without a price of SOL'}`),
    ];
  });
}
