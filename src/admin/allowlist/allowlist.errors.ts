import { DomainError } from '#src/common/errors/errors.js';

export function notAnAdmin(wallet: string): DomainError {
  return new DomainError(
    'not_an_admin',
    `Wallet ${wallet} is not in ADMIN_WALLET_PUBKEYS. Sign in with a wallet that is, or have it added.`,
  );
}

export function revoked(wallet: string): DomainError {
  return new DomainError(
    'not_an_admin',
    `Wallet ${wallet} was revoked by an admin. Sign in with another wallet. GET /api/admin/revocations shows by whom; ` +
      'RUNBOOK.md, "A lost or stolen admin key", tells how a mistake is undone.',
  );
}

export function lastAdmin(wallet: string): DomainError {
  return new DomainError(
    'last_admin',
    `Wallet ${wallet} is the last admin: without it nobody could decide anything. Put another wallet into ` +
      'ADMIN_WALLET_PUBKEYS first, restart, and revoke then.',
  );
}
