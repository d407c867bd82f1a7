import type { SealedEscrow } from './escrow-keys.service.js';

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
/** Deriving their addresses holds up this process for some 50 ms. */
const PAGE = 100;

/** All rows, page after page in the order of commitment ids, so that memory stays flat. */
export async function* everySealed(
  read: (after: string, limit: number) => Promise<SealedEscrow[]>,
): AsyncGenerator<SealedEscrow[]> {
  let after = BEFORE_ALL;
  for (;;) {
    const rows = await read(after, PAGE);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.commitmentId;
  }
}
