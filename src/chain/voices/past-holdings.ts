/** What wallets held at an earlier slot, by the agreement of the voices. */
import type { PastHolder, TokenAccountRef, TokenMint } from '#src/chain/port/chain.js';
import { inParallel } from '#src/common/in-parallel.js';
import { associatedAddress } from '#src/chain/tokens/associated-address.js';
import { readPastAmounts } from '#src/chain/tokens/past-amounts.js';
import { readTokenAccounts } from '#src/chain/tokens/token-reads.js';
import { equalAmounts } from './agreed-past.js';
import { silence } from './hearing.js';
import type { Voices } from './voices.js';

/** Each account may cost two requests a voice. */
const ACCOUNTS_PER_QUESTION = 10;
const IN_FLIGHT = 4;
/** A voice reads some twenty answers before it speaks. */
const PATIENCE_MS = 10_000;

type Token = Pick<TokenMint, 'mint' | 'program'>;

export async function readPastHoldings(
  voices: Voices,
  token: Token,
  slot: bigint,
  holders: readonly PastHolder[],
): Promise<bigint[]> {
  const accounts = holders.map((): TokenAccountRef[] => []);
  await inParallel([...holders.entries()] as const, IN_FLIGHT, async ([index, holder]) => {
    accounts[index] = await accountsOf(voices, token, holder);
  });
  const amounts = await amountsOf(voices, token, slot, accounts.flat());
  let next = 0;
  return accounts.map((own) => {
    const sum = amounts.slice(next, next + own.length).reduce((all, amount) => all + amount, 0n);
    next += own.length;
    return sum;
  });
}

/** Whatever any voice knows of: an account too many counts nothing, and one that is left out would be lost. */
async function accountsOf(
  voices: Voices,
  token: Token,
  { owner, accounts }: PastHolder,
): Promise<TokenAccountRef[]> {
  const heard = await voices.hear('getTokenAccountsByOwner', (voice) =>
    readTokenAccounts(voice, token.mint, owner),
  );
  if (heard.standing !== 'many' && heard.standing !== 'single_source')
    return voices.decided<TokenAccountRef[]>('the token accounts of a wallet', heard, silence(heard.hearing));
  const owned = heard.hearing.words.flatMap(({ answer }) => answer.map(({ address }) => address));
  const all = new Set([...owned, ...accounts, associatedAddress(token, owner)]);
  return [...all].map((address) => ({ address, owner }));
}

async function amountsOf(
  voices: Voices,
  { mint }: Token,
  slot: bigint,
  accounts: readonly TokenAccountRef[],
) {
  const chunks: TokenAccountRef[][] = [];
  for (let start = 0; start < accounts.length; start += ACCOUNTS_PER_QUESTION)
    chunks.push(accounts.slice(start, start + ACCOUNTS_PER_QUESTION));
  const amounts: (readonly bigint[])[] = chunks.map(() => []);
  await inParallel([...chunks.entries()], IN_FLIGHT, async ([index, chunk]) => {
    const heard = await voices.hear(
      'token history',
      (voice) => readPastAmounts(voice, mint, chunk, slot),
      PATIENCE_MS,
    );
    const agreement = equalAmounts(heard.hearing, heard.standing);
    amounts[index] = voices.decided('token balances of the past', heard, agreement);
  });
  return amounts.flat();
}
