/** What a row of the audit log says, apart from its number, its time and its fields. */
export interface AuditMembers {
  readonly event: string;
  readonly actor: string;
  readonly requestId: string;
  readonly commitmentId: string | null;
  readonly payoutId: string | null;
  readonly signature: string | null;
}

/** A row of the audit log as code uses it. The seals take it as the database prints it: `AuditLine`. */
export interface AuditRow extends AuditMembers {
  /** Decimal digits. */
  readonly id: string;
  readonly ts: Date;
  readonly fields: Readonly<Record<string, unknown>>;
}
