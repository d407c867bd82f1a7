/**
 * What an admin signs for, beside session and Origin, and the one route that carries each of it out. Its path names params of
 * the message; the others stand in the body. The one table of the server, `ops` and the tests' clients.
 */
export const ADMIN_ACTIONS = {
  'admin.commitment.success': { method: 'POST', path: '/commitments/:commitmentId/success' },
  'admin.commitment.failure': { method: 'POST', path: '/commitments/:commitmentId/failure' },
  'admin.failure.cancel': { method: 'DELETE', path: '/commitments/:commitmentId/failure' },
  'admin.milestone.release': {
    method: 'POST',
    path: '/commitments/:commitmentId/milestones/:milestoneId/release',
  },
  'admin.stray.forward': { method: 'POST', path: '/commitments/:commitmentId/stray-deposits/forward' },
  'admin.destination.change': {
    method: 'POST',
    path: '/commitments/:commitmentId/destination-changes',
  },
  'admin.pause.create': { method: 'POST', path: '/admin/pauses' },
  'admin.pause.end': { method: 'DELETE', path: '/admin/pauses/:pauseId' },
  'admin.lock.clear': { method: 'DELETE', path: '/admin/release-locks/:commitmentId/:milestoneId' },
  'admin.revocation.create': { method: 'POST', path: '/admin/revocations' },
  'admin.session.end': { method: 'DELETE', path: '/admin/sessions/:session' },
  'admin.payout.retry': { method: 'POST', path: '/admin/payouts/:payoutId/retry' },
  'admin.payout.resolve': { method: 'POST', path: '/admin/payouts/:payoutId/resolve' },
  'admin.pumpfun.launch': { method: 'POST', path: '/pumpfun/launch' },
} as const satisfies Record<string, { readonly method: 'POST' | 'DELETE'; readonly path: string }>;

export type AdminAction = keyof typeof ADMIN_ACTIONS;

type Params = Readonly<Record<string, unknown>>;

/** Method, path and the rest of the parameters of the request that carries an act out. */
export function adminRequest(action: AdminAction, params: Params) {
  const { method, path } = ADMIN_ACTIONS[action];
  const body: Record<string, unknown> = { ...params };
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    delete body[name];
    return encodeURIComponent(String(params[name]));
  });
  return { method, path: filled, body };
}
