import { Keypair, PublicKey, type TransactionInstruction } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { buyCoin, BUYBACK_RECIPIENTS, type Purchase } from './buy-instruction.js';
import { coinProblem, createCoin, LONGEST, type NewCoin } from './create-instruction.js';
import {
  compileCreation,
  compilePurchase,
  MAX_TRANSACTION_BYTES,
  type Paid,
  transactionBytes,
} from './launch-transactions.js';

const keyOf = (seed: number) => Keypair.fromSeed(new Uint8Array(32).fill(seed)).publicKey;
const [MINT, CREATOR, USER, RECIPIENT, PAYER] = [2, 3, 4, 6, 7].map(keyOf) as [
  PublicKey,
  PublicKey,
  PublicKey,
  PublicKey,
  PublicKey,
];
const COIN: NewCoin = {
  mint: MINT,
  name: 'Name',
  symbol: 'SYM',
  uri: 'https://x.y/z.json',
  creator: CREATOR,
  user: USER,
};
const PURCHASE: Purchase = {
  mint: MINT,
  creator: CREATOR,
  user: USER,
  amount: 1_000_000n,
  mostLamports: 50_500_000n,
  feeRecipient: RECIPIENT,
  buybackRecipient: new PublicKey(BUYBACK_RECIPIENTS[0] ?? ''),
};

/** What `PUMP_SDK.createV2AndBuyInstructions` of @pump-fun/pump-sdk 2.0.0 made of the same. `s`: signs, `w`: is written. */
const CREATE_OF_THE_LIBRARY = {
  data: 'd6904cec5f8b31b4040000004e616d650300000053594d1200000068747470733a2f2f782e792f7a2e6a736f6eed4928c628d1c2c6eae90338905995612959273a5c63f93636c14614ac8737d10000000000000000000000',
  keys: [
    '9hSR6S7WPtxmTojgo6GG3k4yDPecgJY292j7xrsUGWBu sw',
    'TSLvdd1pWpHVjahSpsvCXUbgwsL3JAcvokwaKt1eokM --',
    '7vx2BNV1E9CWf89K8LEzBjrKXYJxFyWXaJC6JedA2LPG -w',
    'Gu7uACVrMuWA258EdifKMPRAYEiDZoHjNpQTQ3jXdPfx -w',
    '4wTV1YmiEkRvAtNtsSGPtUrqRYQMe5SKy2uB4Jjaxnjf --',
    'EdmxWPmx2WH6WgFfTdu9xfkYf3k1g5wD1zccTVySEEh1 sw',
    '11111111111111111111111111111111 --',
    'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb --',
    'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL --',
    'MAyhSmzXzV1pTf7LsNkrNwkWKTo4ougAJ1PPg47MD4e -w',
    '13ec7XdrjF3h3YcqBTFDSReRcUFwbCnJaAQspM4j6DDJ --',
    'BwWK17cbHxwWBKZkUYvzxLcNQ1YVyaFezduWbtm2de6s -w',
    '4bW3txwTM5TCysLb5YmVMgEEeYpjR441SmDQd2jWJmri -w',
    '8sL7vPrCrdp8KxU6fEUYYcnTsK4k7PYdkMaLxe1nwsbS -w',
    'Ce6TQqeHC9p8KetsN6JsjHK7UTZk7nasjjnr7XxXp9F1 --',
    '6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P --',
  ],
};
const BUY_OF_THE_LIBRARY = {
  data: '66063d1201daebea40420f0000000000a09102030000000001',
  keys: [
    '4wTV1YmiEkRvAtNtsSGPtUrqRYQMe5SKy2uB4Jjaxnjf --',
    'AKkzLhjhyFtM9j7WAhbaqYpFe49cXeJBg2kzLRC2PnNa -w',
    '9hSR6S7WPtxmTojgo6GG3k4yDPecgJY292j7xrsUGWBu --',
    '7vx2BNV1E9CWf89K8LEzBjrKXYJxFyWXaJC6JedA2LPG -w',
    'Gu7uACVrMuWA258EdifKMPRAYEiDZoHjNpQTQ3jXdPfx -w',
    '7ghArxuutC68qjeEmUGvA3yeUiiCcXHeLYLTDkLyuNnv -w',
    'EdmxWPmx2WH6WgFfTdu9xfkYf3k1g5wD1zccTVySEEh1 sw',
    '11111111111111111111111111111111 --',
    'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb --',
    '4itW81FkdMLnXV39ziwqvZc5nFFs5jYw6aibsEf2Zz4v -w',
    'Ce6TQqeHC9p8KetsN6JsjHK7UTZk7nasjjnr7XxXp9F1 --',
    '6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P --',
    'Hq2wp8uJ9jCPsYgNHex8RtqdvMPfVGoYwjvF1ATiwn2Y --',
    'J48iTpAyeQbvqSyuE56bsm3C5ta7m7xXHo9jPBQqgWbt -w',
    '8Wf5TiAheLUqBrKXeYg2JtAFFMWtKdG2BSFgqUcPVwTt --',
    'pfeeUxB6jkeY1Hxd7CsFCAjcbHA9rWtchMGdZ6VojVZ --',
    '6qRAdzWJ4ZJPgmmPp378UxnG2L79mDY4vuCswXuLFVNJ --',
    '5YxQFdt3Tr9zJLvkFccqXVUwhdTWJQc1fFg2YPbxvxeD -w',
  ],
};

function shown({ data, keys }: TransactionInstruction) {
  const flags = (signs: boolean, isWritten: boolean) => (signs ? 's' : '-') + (isWritten ? 'w' : '-');
  return {
    data: data.toString('hex'),
    keys: keys.map(
      ({ pubkey, isSigner, isWritable }) => `${pubkey.toBase58()} ${flags(isSigner, isWritable)}`,
    ),
  };
}

describe('what pump.fun is told', () => {
  it('for a new coin is, byte by byte, what its library makes', () => {
    expect(shown(createCoin(COIN))).toEqual(CREATE_OF_THE_LIBRARY);
  });

  // The library draws lots for accounts 1 and 17; here they are the ones that it drew.
  it('for a purchase is, byte by byte, what its library makes', () => {
    expect(shown(buyCoin(PURCHASE))).toEqual(BUY_OF_THE_LIBRARY);
  });
});

describe('the texts of a coin', () => {
  const longest = {
    name: 'n'.repeat(LONGEST.name),
    symbol: 's'.repeat(LONGEST.symbol),
    uri: 'u'.repeat(LONGEST.uri),
  };

  it.each([
    [{}, 'none'],
    [{ name: '' }, 'name must not be empty'],
    [{ name: 'n'.repeat(33) }, 'name has 33 bytes'],
    [{ name: 'ü'.repeat(17) }, 'name has 34 bytes'],
    [{ symbol: 's'.repeat(14) }, 'symbol has 14 bytes'],
    [{ uri: 'u'.repeat(201) }, 'uri has 201 bytes'],
  ])('are counted in bytes: %j', (change, problem) => {
    expect(coinProblem({ ...longest, ...change }) ?? 'none').toContain(problem);
  });

  it.each([
    ['the user', USER],
    ['another wallet', PAYER],
  ])('fit a packet at their longest where %s pays', (_, feePayer) => {
    const paid: Paid = {
      feePayer,
      blockhash: '1'.repeat(32),
      computeUnitLimit: null,
      computeUnitPriceMicroLamports: 2n ** 63n,
    };
    const creation = transactionBytes(compileCreation({ ...COIN, ...longest }, paid));
    const purchase = transactionBytes(
      compilePurchase({ ...PURCHASE, amount: 2n ** 63n, mostLamports: 2n ** 63n }, paid),
    );
    // docs/pumpfun.md names these figures.
    expect([creation, purchase]).toEqual(feePayer === USER ? [1_060, 820] : [1_156, 916]);
    expect(Math.max(creation, purchase)).toBeLessThanOrEqual(MAX_TRANSACTION_BYTES);
  });
});
