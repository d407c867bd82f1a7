import { Injectable } from '@nestjs/common';
import { ChangeTickets } from '#src/common/database/change-tickets.port.js';
import { isTicketFor, ticketFor } from './change-ticket.js';
import { ServerKeys, type UseKeys } from './server-keys.service.js';

/** Tickets that are made from ESCROW_DB_SECRET. */
@Injectable()
export class ServerTickets extends ChangeTickets {
  private readonly keys: UseKeys;

  constructor(keys: ServerKeys) {
    super();
    this.keys = keys.of('changes');
  }

  for(txid: string): string | null {
    return this.keys.currentId === null ? null : ticketFor(this.keys.current, txid);
  }

  isGenuine(txid: string, ticket: string | null): boolean {
    if (ticket === null) return false;
    return this.keys.ids.some((id) => {
      const key = this.keys.find(id);
      return key !== undefined && isTicketFor(key, txid, ticket);
    });
  }
}
