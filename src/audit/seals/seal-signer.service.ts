import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addressOfSeed, signWithSeed } from '#src/chain/signing/keypair.js';
import { type DerivedKey } from '#src/marks/derived-key.js';
import { ServerKeys, type UseKeys } from '#src/marks/server-keys.service.js';
import { encodeBase58 } from '#src/common/text/base58.js';
import type { SealMaking } from './audit-seal.js';
import { keyStatement, type SealKey } from './seal-key.js';
import { SealKeyRepository } from './seal-key.repository.js';

/** The Ed25519 keys that are made from ESCROW_DB_SECRET and its predecessors: they sign seals, and each the next one. */
@Injectable()
export class SealSigner {
  private readonly keys: UseKeys;

  constructor(
    keys: ServerKeys,
    private readonly rows: SealKeyRepository,
  ) {
    this.keys = keys.of('seals');
  }

  /** False without ESCROW_DB_SECRET. */
  get hasKey(): boolean {
    return this.keys.currentId !== null;
  }

  /** Of all configured secrets, the newest first; base58. */
  get publicKeys(): readonly string[] {
    return this.secrets().map(publicKeyOf);
  }

  /**
   * The key for the seal after `lastSeal`. A new secret's first one is vouched for by the key before it.
   * @throws Error when none of the configured secrets makes that one
   */
  async prepare(manager: EntityManager, lastSeal: string): Promise<Pick<SealMaking, 'keyNumber' | 'sign'>> {
    const own = this.keys.current;
    const newest = await this.rows.findNewest(manager);
    const keyNumber =
      newest?.publicKey === publicKeyOf(own)
        ? newest.number
        : await this.introduce(manager, own, newest, lastSeal);
    return { keyNumber, sign: (statement) => signText(own, statement) };
  }

  /**
   * By the newest key.
   * @throws DomainError `custody_unavailable` without ESCROW_DB_SECRET
   */
  sign(statement: string): { readonly signedBy: string; readonly signature: string } {
    const own = this.keys.current;
    return { signedBy: publicKeyOf(own), signature: signText(own, statement) };
  }

  private async introduce(manager: EntityManager, own: DerivedKey, before: SealKey | null, lastSeal: string) {
    const predecessor = before === null ? null : this.secretOf(before.publicKey);
    if (predecessor === undefined || (before === null && lastSeal !== '0')) throw unknownPredecessor(before);
    const key = { number: (before?.number ?? 0) + 1, publicKey: publicKeyOf(own), afterSeal: lastSeal };
    const statement = keyStatement(key, before?.publicKey ?? null);
    await this.rows.insert(manager, {
      ...key,
      ownSignature: signText(own, statement),
      previousSignature: predecessor === null ? null : signText(predecessor, statement),
    });
    return key.number;
  }

  private secretOf(publicKey: string): DerivedKey | undefined {
    return this.secrets().find((secret) => publicKeyOf(secret) === publicKey);
  }

  private secrets(): DerivedKey[] {
    return this.keys.ids.flatMap((id) => this.keys.find(id) ?? []);
  }
}

function publicKeyOf({ bytes }: DerivedKey): string {
  return addressOfSeed(bytes);
}

function signText({ bytes }: DerivedKey, text: string): string {
  return encodeBase58(signWithSeed(bytes, Buffer.from(text, 'utf8')));
}

function unknownPredecessor(before: SealKey | null): Error {
  const what =
    before === null
      ? 'public.audit_keys has lost its rows'
      : `the audit log is sealed with key ${before.publicKey}, which none of the configured secrets makes`;
  return new Error(
    `${what}: put the secret that sealed it into ESCROW_DB_SECRET_PREVIOUS. See RUNBOOK.md, audit verify.`,
  );
}
