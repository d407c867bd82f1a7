import { EnvironmentError, parseEnvironment } from '#config/environment.js';
import { loadSource } from '#config/load.js';
import { Settings } from '#config/settings.js';
import type { PrivyWallet } from '#src/escrow/privy/privy-answer.js';
import type { PrivyWallets } from '#src/escrow/privy/privy-wallets.service.js';
import { CliError } from '#src/cli/session/cli-error.js';
import type { CommandContext } from '#src/cli/session/command-support.js';

/**
 * Proves that the PRIVY_* settings of this shell can sign: a wallet of the app signs a transaction that cannot land on any
 * chain. No API and no database is involved, and no money can move.
 */
export async function privyCheck(_context: CommandContext, [walletId]: readonly string[]): Promise<unknown> {
  const settings = privySettings();
  // Heavy libraries, and no other command needs them.
  const [{ PrivyError, PrivyWallets: Wallets }, { walletProblem }, chain] = await Promise.all([
    import('#src/escrow/privy/privy-wallets.service.js'),
    import('#src/escrow/privy/privy-answer.js'),
    import('#src/chain/signing/outside-signer.js'),
  ]);
  const wallets = new Wallets(settings);
  try {
    const wallet = await findWallet(wallets, walletId);
    const problem = walletProblem(wallet);
    if (problem !== null) throw new CliError(`Privy answers with ${problem}.`);
    const message = chain.deadTransaction(wallet.address);
    const checked = chain.signatureIn(await wallets.sign(wallet.id, message), message, wallet.address);
    if (!checked.ok) throw new CliError(`Privy has not signed what it was given (${checked.problem}).`);
    return proof(settings, wallet);
  } catch (error) {
    if (!(error instanceof PrivyError)) throw error;
    throw new CliError(`Privy does not sign with these settings: ${error.reason}.`);
  }
}

function proof({ env }: Settings, { id, address }: PrivyWallet) {
  return {
    appId: env.PRIVY_APP_ID,
    walletApi: env.PRIVY_WALLET_API_URL,
    walletId: id,
    address,
    authorizationKeyUsed: env.PRIVY_AUTHORIZATION_PRIVATE_KEY !== undefined,
    signatureVerified: true,
  };
}

function privySettings(): Settings {
  const own = Object.entries(loadSource()).filter(([name]) => name.startsWith('PRIVY_'));
  try {
    const env = parseEnvironment(Object.fromEntries(own));
    if (env.PRIVY_APP_ID !== undefined) return new Settings(env);
  } catch (error) {
    if (error instanceof EnvironmentError) throw new CliError(error.message, 2);
    throw error;
  }
  throw new CliError('Set PRIVY_APP_ID and PRIVY_APP_SECRET to what is to be checked.', 2);
}

async function findWallet(wallets: PrivyWallets, id: string | undefined): Promise<PrivyWallet> {
  if (id !== undefined && !/^[\w-]{1,200}$/.test(id)) throw new CliError('WALLET_ID is an id of Privy', 2);
  const wallet = id === undefined ? await wallets.first() : await wallets.get(id);
  if (wallet === undefined) {
    throw new CliError(
      'Privy accepts the secret, but the app has no Solana wallet that could sign. Create a commitment first, then check again.',
    );
  }
  return wallet;
}
