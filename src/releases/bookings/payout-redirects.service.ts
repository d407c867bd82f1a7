import { Injectable } from '@nestjs/common';
import { Transactions } from '#src/common/database/transactions.js';
import { payoutFact } from '#src/escrow/door/facts/facts.js';
import { Marks } from '#src/marks/marks.service.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';
import { PayoutAudit } from './payout-audit.service.js';

/** Payouts that wait at an address that cannot be paid go to the one that two admins have signed, and back when it can. */
@Injectable()
export class PayoutRedirects {
  constructor(
    private readonly payouts: PayoutRepository,
    private readonly marks: Marks,
    private readonly audit: PayoutAudit,
    private readonly transactions: Transactions,
  ) {}

  /** @returns false when somebody else has moved the payout, or it is not as this server has decided it */
  async redirect(payout: Payout, destination: string): Promise<boolean> {
    return this.transactions.run(async (manager) => {
      // A new mark over a row that nobody has marked would make a forged one true.
      if (!(await this.marks.proves(manager, payoutFact(payout)))) return false;
      if (!(await this.payouts.redirect(manager, payout, destination))) return false;
      const redirected = { ...payout, destination };
      await this.marks.make(manager, payoutFact(redirected));
      const more = { replaces: payout.destination };
      await this.audit.write(manager, redirected, 'payout_redirected', undefined, more);
      return true;
    });
  }
}
