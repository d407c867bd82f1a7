/**
 * Runs in the page, before its own scripts: a wallet of the Wallet Standard whose keys and whose will are in the test.
 * `wallet` is the plain description of it; `__askWallet` is the test's answer to each request.
 */
globalThis.__addWallet = (wallet) => {
  const chains = ['solana:mainnet', 'solana:devnet', 'solana:testnet', 'solana:localnet'];
  const account = {
    address: wallet.address,
    publicKey: new Uint8Array(wallet.publicKey),
    chains,
    features: [],
  };
  const ask = async (kind, bytes) => {
    const answer = await globalThis.__askWallet(wallet.name, kind, bytes);
    if (answer.refused !== undefined) throw new Error(answer.refused);
    return answer;
  };
  const signedMessage = async (kind, bytes) => {
    const { signature, signed } = await ask(kind, bytes);
    return { account, signature: new Uint8Array(signature), signedMessage: new Uint8Array(signed) };
  };
  const all = {
    'solana:signMessage': {
      version: '1.1.0',
      signMessage: async ({ message }) => [await signedMessage('message', [...message])],
    },
    'solana:signIn': {
      version: '1.0.0',
      signIn: async (input) => [
        await signedMessage('signIn', [...new TextEncoder().encode(JSON.stringify(input))]),
      ],
    },
    'solana:signTransaction': {
      version: '1.0.0',
      supportedTransactionVersions: ['legacy', 0],
      signTransaction: async ({ transaction }) => {
        const { signed } = await ask('transaction', [...transaction]);
        return [{ signedTransaction: new Uint8Array(signed) }];
      },
    },
  };
  const connect = async () => {
    await ask('connect', []);
    return { accounts: [account] };
  };
  const features = { 'standard:connect': { version: '1.0.0', connect } };
  for (const name of wallet.features) features[name] = all[name];
  const standard = { version: '1.0.0', name: wallet.name, icon: wallet.icon, chains, features, accounts: [] };
  const callback = ({ register }) => register(standard);
  const announce = () => {
    globalThis.dispatchEvent(new CustomEvent('wallet-standard:register-wallet', { detail: callback }));
    globalThis.addEventListener('wallet-standard:app-ready', ({ detail }) => callback(detail));
  };
  // A late one comes when the test says so.
  if (wallet.isLate) globalThis[`__announce ${wallet.name}`] = announce;
  else announce();
};
