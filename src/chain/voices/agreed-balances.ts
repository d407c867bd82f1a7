import type { Balance } from '#src/chain/port/chain.js';
import { doubtful, isWallet } from '#src/chain/port/payable.js';
import { type Agreement, contradiction, type Hearing, silence, type Standing } from './hearing.js';

/** For amounts that heal: whatever was read too low is paid by a later transfer. */
export function lowerBalances(
  hearing: Hearing<readonly Balance[]>,
  standing: Standing,
): Agreement<readonly Balance[]> {
  if (standing === 'none' || standing === 'too_early') return silence(hearing);
  return { agreed: lowest(hearing.words.map(({ answer }) => answer)) };
}

/** For amounts that are frozen for good: nobody may say otherwise, and nobody decides alone. */
export function equalBalances(
  hearing: Hearing<readonly Balance[]>,
  standing: Standing,
): Agreement<readonly Balance[]> {
  if (standing !== 'many' && standing !== 'single_source') return silence(hearing);
  const readings = hearing.words.map(({ answer }) => answer);
  const agreed = lowest(readings);
  const isEqual = readings.every((reading) => reading.every((one, index) => isSame(one, agreed[index])));
  if (isEqual) return { agreed };
  const telling = hearing.words.map(
    ({ voice, answer }) => `${voice} says ${answer.map(described).join(', ')}`,
  );
  return contradiction(`the voices read different balances: ${telling.join('; ')}`);
}

/** To the lamport, and of an address that can or cannot be paid. */
function isSame({ lamports, occupant }: Balance, agreed: Balance | undefined): boolean {
  return lamports === agreed?.lamports && isWallet(occupant) === isWallet(agreed.occupant);
}

function described({ lamports, occupant }: Balance): string {
  return isWallet(occupant) ? `${lamports}` : `${lamports} (no wallet)`;
}

function lowest(readings: readonly (readonly Balance[])[]): Balance[] {
  const [first = [], ...others] = readings;
  return first.map((balance, index) => others.reduce((low, other) => lower(low, other[index]), balance));
}

function lower(a: Balance, b: Balance | undefined): Balance {
  if (b === undefined) return a;
  return {
    lamports: a.lamports < b.lamports ? a.lamports : b.lamports,
    slot: a.slot < b.slot ? a.slot : b.slot,
    occupant: doubtful(a.occupant, b.occupant),
  };
}
