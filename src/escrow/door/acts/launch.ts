/** Pure rules of launches: what an admin has signed about a coin, and whose it is. */
import type { LaunchedCoin, LaunchParties, LaunchTerms } from '#src/chain/pump/launch/launch-messages.js';
import { saysExactly } from '#src/signed-messages/signed-act.js';
import type { MessageParams } from '#src/signed-messages/signed-message.js';
import type { DoorTerms, Evidence, ProvenAct } from '#src/escrow/door/facts/evidence.js';

export const LAUNCH_ACTION = 'admin.pumpfun.launch';

/** A launch as a table tells it. */
export interface Launch extends LaunchedCoin {
  readonly commitmentId: string;
}

/** What of its transactions follows from no evidence. */
export interface LaunchChoice extends LaunchTerms {
  readonly computeUnitLimit: number;
}

/** What the admin's wallet signs, beside the act before it. */
export function launchParams(launch: Launch): MessageParams {
  const { commitmentId, name, symbol, uri, buyTokens, buyMostLamports } = launch;
  return {
    commitmentId,
    name,
    symbol,
    uri,
    ...(buyTokens === null ? {} : { buyTokens: Number(buyTokens) }),
    ...(buyMostLamports === null ? {} : { buyMostLamports: Number(buyMostLamports) }),
  };
}

/** The act of an admin that says exactly this; null when there is none. */
export function launchAct({ acts }: Pick<Evidence, 'acts'>, launch: Launch): ProvenAct | null {
  const params = launchParams(launch);
  const found = acts.find(({ act }) => {
    const after = act.params.get('after');
    if (act.action !== LAUNCH_ACTION || after === undefined || !('value' in after)) return false;
    const { wallet } = act;
    return saysExactly(act, {
      action: LAUNCH_ACTION,
      wallet,
      params: { ...params, after: after.value },
    });
  });
  return found ?? null;
}

/**
 * In managed mode the escrow earns the creator fees, otherwise the commitment's creator, which is `wallet`.
 * @param user the wallet that pays
 * @returns null where the terms are not those of a token
 */
export function launchParties(
  terms: DoorTerms,
  escrow: string,
  user: string,
): (LaunchParties & { readonly wallet: string }) | null {
  if (terms.kind !== 'creator_reward') return null;
  const { tokenMint: mint, creatorFeeMode, wallet } = terms;
  return { mint, user, wallet, creator: creatorFeeMode === 'managed' ? escrow : wallet };
}
