import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { GatheredMarks } from '#src/marks/gathered-marks.js';
import { Marks } from '#src/marks/marks.service.js';
import type { Claim } from './evidence.js';

const WANTED = `
  SELECT kind, $1 FROM unnest('{binding,head,resolution,distribution}'::text[]) AS kind
  UNION ALL SELECT kind, $2 FROM unnest('{payout,attempts}'::text[]) AS kind
  UNION ALL SELECT 'unlock', $3
  UNION ALL SELECT 'act', id::text FROM public.signed_acts
    WHERE commitment_id = $1::uuid AND action <> 'distribution.enroll' AND ($4 OR action <> 'milestone.signal')
  UNION ALL SELECT 'paid', id::text FROM public.payouts
    WHERE commitment_id = $1::uuid AND $2 IS NOT NULL AND status IN ('confirmed', 'finalized')`;

/** The marks of all that the door looks at, in one statement: each round trip is paid at every payout. */
@Injectable()
export class EvidenceMarks {
  constructor(private readonly marks: Marks) {}

  /** @param withApprovals of which there may be thousands */
  async of(
    manager: EntityManager,
    commitmentId: string,
    claim: Claim | null,
    withApprovals: boolean,
  ): Promise<GatheredMarks> {
    const wanted = [commitmentId, claim?.id ?? null, claim?.subjectId ?? null, withApprovals];
    return this.marks.gather(manager, WANTED, wanted);
  }
}
