/** Pure rules of a token's supply: what the approvals of its holders are measured by. */

export interface FrozenSupply {
  /** Raw units when the terms were signed, a decimal integer. */
  readonly tokenSupply: string;
}

/** Whether tokens were printed since: then no new approval counts, and nothing unlocks. */
export function hasSupplyGrown({ tokenSupply }: FrozenSupply, supply: bigint): boolean {
  return supply > BigInt(tokenSupply);
}

/**
 * How many raw units approvals have to hold together, whatever they are worth.
 * @param supply present; of it and the frozen one the lower counts
 */
export function requiredRaw(
  { tokenSupply, approvalSupplyBps }: FrozenSupply & { readonly approvalSupplyBps: number },
  supply: bigint,
): bigint {
  const frozen = BigInt(tokenSupply);
  const lower = supply < frozen ? supply : frozen;
  return (lower * BigInt(approvalSupplyBps) + 9_999n) / 10_000n;
}
