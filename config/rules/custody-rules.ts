import { createPrivateKey } from 'node:crypto';

interface CustodyFacts {
  readonly ESCROW_CUSTODY?: 'local' | 'privy';
  readonly PRIVY_APP_ID?: string;
  readonly PRIVY_APP_SECRET?: string;
  readonly PRIVY_AUTHORIZATION_PRIVATE_KEY?: string;
}

/** What no single setting of the custody shows. One line a problem; never a secret. */
export function custodyProblems(environment: CustodyFacts): string[] {
  const { ESCROW_CUSTODY, PRIVY_APP_ID, PRIVY_APP_SECRET, PRIVY_AUTHORIZATION_PRIVATE_KEY } = environment;
  const problems: string[] = [];
  if (PRIVY_APP_ID !== undefined && PRIVY_APP_SECRET === undefined)
    problems.push('PRIVY_APP_SECRET is required with PRIVY_APP_ID: both or neither');
  if (PRIVY_APP_ID === undefined && PRIVY_APP_SECRET !== undefined)
    problems.push('PRIVY_APP_ID is required with PRIVY_APP_SECRET: both or neither');
  if (ESCROW_CUSTODY === 'privy' && PRIVY_APP_ID === undefined && PRIVY_APP_SECRET === undefined)
    problems.push('PRIVY_APP_ID and PRIVY_APP_SECRET are required when ESCROW_CUSTODY is privy');
  if (isBroken(PRIVY_AUTHORIZATION_PRIVATE_KEY))
    problems.push('PRIVY_AUTHORIZATION_PRIVATE_KEY is no P-256 private key in base64 PKCS#8');
  return problems;
}

/** A text that is no base64 at all is refused by the setting itself. */
function isBroken(key: string | undefined): boolean {
  if (key === undefined) return false;
  try {
    const der = Buffer.from(key.replace('wallet-auth:', ''), 'base64');
    const { asymmetricKeyDetails } = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    return asymmetricKeyDetails?.namedCurve !== 'prime256v1';
  } catch {
    return true;
  }
}
