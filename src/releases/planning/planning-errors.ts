import type { ErrorCode } from '#src/common/errors/error-table.js';

/** What a route may answer that plans a payout before it answers: `@Endpoint({ errors: [..., ...PLANNING_ERRORS] })`. */
export const PLANNING_ERRORS = [
  'escrow_underfunded',
  'destination_not_payable',
  'simulation_failed',
  'fee_payer_underfunded',
  'rpc_unavailable',
] as const satisfies readonly ErrorCode[];
