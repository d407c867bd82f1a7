/**
 * Tells what this service has changed in the database from what somebody else has: the journal of changes keeps the ticket of
 * the transaction that made them.
 */
export abstract class ChangeTickets {
  /** Null without ESCROW_DB_SECRET. @param txid decimal digits */
  abstract for(txid: string): string | null;

  /** Whether a configured secret, an earlier one too, made it for this transaction. */
  abstract isGenuine(txid: string, ticket: string | null): boolean;
}
