/**
 * Every share that was ever frozen, as a subquery: `escrow`, `commitment_id`, `round` (0: of the failure itself), `wallet`,
 * `weight_raw`, `amount_lamports`, and `leg_fee_lamports` of its transfer.
 */
export const FROZEN_SHARES = `(
  SELECT d.escrow, s.commitment_id, 0 AS round, s.wallet, s.weight_raw, s.amount_lamports, d.leg_fee_lamports
    FROM public.failure_distributions d JOIN public.failure_shares s USING (commitment_id)
  UNION ALL
  SELECT d.escrow, s.commitment_id, s.round, s.wallet, s.weight_raw, s.amount_lamports, r.leg_fee_lamports
    FROM public.failure_distributions d JOIN public.failure_rounds r USING (commitment_id)
    JOIN public.failure_round_shares s USING (commitment_id, round))`;
