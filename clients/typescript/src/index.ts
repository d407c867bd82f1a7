export type { Action, Answers, ParamsOf } from './actions.js';
export { ApiError, type ErrorCode, hasCode } from './api-error.js';
export { encodeBase58 } from './base58.js';
export {
  CommitToShip,
  type CommitToShipOptions,
  type FollowOptions,
  type SendOptions,
} from './commit-to-ship.js';
export * from './generated/sdk.gen.js';
export type * from './generated/types.gen.js';
export { Purpose } from './generated/types.gen.js';
export type { Wallet } from './wallet.js';
