import { Global, Module } from '@nestjs/common';
import { ChangeTickets } from '#src/common/database/change-tickets.port.js';
import { MarkRenewal } from './mark-renewal.service.js';
import { MarkRepository } from './mark.repository.js';
import { Marks } from './marks.service.js';
import { ServerKeys } from './server-keys.service.js';
import { ServerTickets } from './server-tickets.service.js';

const tickets = { provide: ChangeTickets, useClass: ServerTickets };

/** Keys made from the server's secret, and the marks and tickets that they make. */
@Global()
@Module({
  providers: [MarkRenewal, MarkRepository, Marks, ServerKeys, tickets],
  exports: [MarkRenewal, Marks, ServerKeys, ChangeTickets],
})
export class MarksModule {}
