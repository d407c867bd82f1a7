const REQUIRED_IN_PRODUCTION = [
  ['DATABASE_URL', 'the PostgreSQL database that decides everything that must happen once'],
  ['ESCROW_DB_SECRET', 'encrypts the escrow keys at rest; at least 32 characters'],
  ['ADMIN_WALLET_PUBKEYS', 'the wallets that may release money'],
  ['APP_ORIGIN', 'the origin that admin requests must come from'],
  ['SOLANA_RPC_URL', 'the RPC endpoint(s) that payouts are sent to'],
] as const;

interface ProductionFacts {
  readonly NODE_ENV: string;
  readonly ADMIN_WALLET_PUBKEYS: readonly string[];
  readonly CTS_MOCK_MODE: boolean;
}

/** What production refuses to start without, or with. One line a problem. */
export function productionProblems(
  source: Readonly<Record<string, string | undefined>>,
  environment: ProductionFacts,
): string[] {
  if (environment.NODE_ENV !== 'production') return [];
  const problems = REQUIRED_IN_PRODUCTION.filter(([name]) => !source[name]?.trim()).map(
    ([name, why]) => `${name} is required in production: ${why}`,
  );
  if (source['ADMIN_WALLET_PUBKEYS']?.trim() && environment.ADMIN_WALLET_PUBKEYS.length === 0) {
    problems.push('ADMIN_WALLET_PUBKEYS names no wallet');
  }
  if (environment.CTS_MOCK_MODE) {
    problems.push('CTS_MOCK_MODE is forbidden in production: it runs on embedded, throw-away parts');
  }
  return problems;
}
