interface WebhookFacts {
  readonly NODE_ENV: string;
  readonly AUDIT_WEBHOOK_URL?: string;
}

/** Audit events name wallets and reasons: in production they travel encrypted. One line a problem. */
export function webhookProblems({ NODE_ENV, AUDIT_WEBHOOK_URL }: WebhookFacts): string[] {
  const isPlain = typeof AUDIT_WEBHOOK_URL === 'string' && /^http:/i.test(AUDIT_WEBHOOK_URL);
  return NODE_ENV === 'production' && isPlain ? ['AUDIT_WEBHOOK_URL must be https in production'] : [];
}
