CREATE OR REPLACE VIEW public.escrow_entries WITH (security_invoker = true) AS
  WITH told AS (
    SELECT t.escrow, t.signature, t.slot, t.fee_lamports, t.balance_after - t.balance_before AS change, a.payout_id,
           CASE WHEN t.failed THEN 'failed' WHEN a.id IS NOT NULL THEN 'payout' WHEN t.is_signer THEN 'unknown_outflow'
                WHEN t.collects_fees THEN 'fee_collection' ELSE 'deposit' END AS kind
      FROM public.escrow_transactions t
      LEFT JOIN public.payout_attempts a ON a.signature = t.signature AND a.source = t.escrow
     WHERE t.opened_at IS NOT NULL)
  SELECT escrow, signature, slot, kind, payout_id, 'escrow' AS account, change AS lamports FROM told
  UNION ALL
  SELECT escrow, signature, slot, kind, payout_id, 'network_fees', fee_lamports FROM told WHERE fee_lamports > 0
  UNION ALL
  SELECT escrow, signature, slot, kind, payout_id, CASE WHEN kind = 'failed' THEN 'unexplained' ELSE kind END,
         -change - fee_lamports
    FROM told WHERE change + fee_lamports <> 0;
ALTER TABLE public.escrow_transactions DROP COLUMN unwraps;
DROP TABLE public.managed_fee_looks;
DROP TABLE public.pump_attempts;
DROP TABLE public.pump_operations;
DROP FUNCTION public.pump_attempts_guard();
DROP FUNCTION public.pump_operations_guard();
DELETE FROM public.schema_migrations WHERE version = '0034_pump_operations';
