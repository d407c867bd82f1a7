import { Injectable } from '@nestjs/common';
import { AnchorSigner } from '#src/audit/anchors/anchor-signer.port.js';
import { type AnchoredSeal, anchorMemo } from '#src/audit/anchors/audit-anchor.js';
import { SealMemory } from '#src/audit/seals/seal-memory.service.js';
import { decodeMemo } from '#src/chain/signing/decode-message.js';
import { TRANSFER_COMPUTE_UNIT_LIMIT, transferFee } from '#src/chain/signing/transfer-transaction.js';
import { FeePayer } from '#src/escrow/fee-payer/fee-payer.service.js';
import type { Refusal } from './checks/check.js';
import { signingRefused } from './door.errors.js';
import { anchorRefusal, MOST_FEE_LAMPORTS } from './message-rules.js';

/** The signing door for what the fee payer signs alone: anchors of seals that this service has made, and nothing else. */
@Injectable()
export class AnchorDoor extends AnchorSigner {
  constructor(
    private readonly feePayer: FeePayer,
    private readonly memory: SealMemory,
  ) {
    super();
  }

  get payer(): string | null {
    return this.feePayer.address;
  }

  async sign(seal: AnchoredSeal, message: Uint8Array): Promise<Uint8Array> {
    const refusal = this.messageRefusal(seal, message) ?? (await this.sealRefusal(seal));
    if (refusal !== null) throw signingRefused(`the anchor of seal ${seal.sealId}`, refusal);
    return this.feePayer.sign(this.feePayer.address ?? '', message);
  }

  private messageRefusal(seal: AnchoredSeal, message: Uint8Array): Refusal | null {
    const plan = decodeMemo(message);
    if (plan?.memo !== anchorMemo(seal)) return { check: 'message', reason: 'it is no such anchor alone' };
    return anchorRefusal(plan, transferFee(1, plan.computeUnitPriceMicroLamports), {
      feePayer: this.feePayer.address,
      computeUnitLimit: TRANSFER_COMPUTE_UNIT_LIMIT,
      mostFee: MOST_FEE_LAMPORTS,
    });
  }

  private async sealRefusal(seal: AnchoredSeal): Promise<Refusal | null> {
    if (await this.memory.isOurs(seal)) return null;
    return { check: 'seal', reason: 'no configured secret has signed a seal with this id and hash' };
  }
}
