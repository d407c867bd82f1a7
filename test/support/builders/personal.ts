import {
  compileOffchainMessageV0Envelope,
  compileOffchainMessageV1Envelope,
  offchainMessageContentUtf8Of1232BytesMax,
} from '@solana/offchain-messages';
import {
  ApiError,
  type CommitmentAnswer,
  type PaymentAnswer,
  type RestClient,
} from '#src/local/rest-client.js';
import { encodeBase58 } from '#src/common/text/base58.js';
import type { AppWorld } from '../worlds/app-world.js';
import { TestWallet } from './wallets.js';

type Json = Record<string, unknown>;

export const AMOUNT = 2_000_000_000;

/** Parameters of `commitment.create`: good ones, but for what is given. */
export async function personalParams(world: AppWorld, given: Json = {}): Promise<Json> {
  return {
    kind: 'personal',
    destinationOnFail: TestWallet.generate().address,
    amountLamports: AMOUNT,
    // Asked of the chain only where it matters: it may be away.
    ...('deadline' in given ? {} : { deadline: await world.chainTime(3_600) }),
    ...given,
  };
}

export interface Created extends CommitmentAnswer {
  readonly authority: TestWallet;
  readonly body: Json;
}

/** Creates a personal commitment as a client does. The wallet is a fresh one with 10 SOL unless given. */
export async function create(world: AppWorld, given: Json = {}, wallet?: TestWallet): Promise<Created> {
  const authority = wallet ?? (await world.fundedWallet());
  const params = await personalParams(world, given);
  const { body } = await world
    .client()
    .signAction<CommitmentAnswer & Json>(authority, 'commitment.create', params, '/commitments');
  return { ...body, authority, body };
}

export async function attest(world: AppWorld, { id, authority }: Created): Promise<CommitmentAnswer & Json> {
  const params = { commitmentId: id };
  const path = '/commitments/:commitmentId/attest';
  return (
    await world.client().signAction<CommitmentAnswer & Json>(authority, 'commitment.attest', params, path)
  ).body;
}

/** Created, funded and attested. */
export async function attested(
  world: AppWorld,
  { lamports = BigInt(AMOUNT), ...given }: Json & { lamports?: bigint } = {},
  wallet?: TestWallet,
): Promise<Created> {
  const commitment = await create(world, given, wallet);
  if (lamports > 0n) await world.chain.cheats.fundSol(commitment.escrow.address, lamports);
  await attest(world, commitment);
  return commitment;
}

/** Created, with this deadline, and funded; nobody attests it. */
export async function unattested(
  world: AppWorld,
  { lamports = BigInt(AMOUNT), ...given }: Json & { lamports?: bigint } = {},
  wallet?: TestWallet,
): Promise<Created & { readonly destinationOnFail: string }> {
  const commitment = await create(world, given, wallet);
  if (lamports > 0n) await world.chain.cheats.fundSol(commitment.escrow.address, lamports);
  return { ...commitment, destinationOnFail: String(commitment.body['destinationOnFail']) };
}

export async function fail(admin: RestClient, id: string) {
  return admin.act<PaymentAnswer>('admin.commitment.failure', { commitmentId: id });
}

export async function succeed(admin: RestClient, id: string) {
  return admin.act<PaymentAnswer>('admin.commitment.success', { commitmentId: id });
}

export interface Refusal {
  readonly status: number;
  readonly code: string | undefined;
  readonly problem: Json;
}

/** How the API refuses a request; fails when it does not. */
export async function refusal(request: Promise<unknown>): Promise<Refusal> {
  try {
    await request;
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, code: error.code, problem: error.problem };
    throw error;
  }
  throw new Error('a request that must be refused was accepted');
}

/** Status and code: what most tests compare. */
export async function statusAndCode(request: Promise<unknown>): Promise<[number, string | undefined]> {
  const { status, code } = await refusal(request);
  return [status, code];
}

export type Form = 'plain' | 'v0' | 'v1';

type V0 = Parameters<typeof compileOffchainMessageV0Envelope>[0];
type V1 = Parameters<typeof compileOffchainMessageV1Envelope>[0];

/** Signs a text as a browser wallet (plain) or a hardware wallet (off-chain-message envelope) does. */
export function signText(wallet: TestWallet, text: string, form: Form = 'plain'): string {
  if (form === 'plain') return wallet.signBase58(text);
  const requiredSignatories = [{ address: wallet.address }];
  const content =
    form === 'v1'
      ? compileOffchainMessageV1Envelope({ version: 1, content: text, requiredSignatories } as unknown as V1)
          .content
      : compileOffchainMessageV0Envelope({
          version: 0,
          applicationDomain: '1'.repeat(32),
          content: offchainMessageContentUtf8Of1232BytesMax(text),
          requiredSignatories,
        } as unknown as V0).content;
  return encodeBase58(wallet.sign(Uint8Array.from(content)));
}

/** The text to sign for an action, as the API answers it. */
export async function signingText(world: AppWorld, wallet: TestWallet, action: string, params: Json) {
  const { message, issuedAt, ...rest } = await world.ask('/signing-messages', {
    action,
    wallet: wallet.address,
    params,
  });
  return { message: String(message), issuedAt: String(issuedAt), ...rest };
}

/** A body for POST /commitments, signed by the wallet in this form. */
export async function creationBody(
  world: AppWorld,
  wallet: TestWallet,
  given: Json = {},
  form: Form = 'plain',
) {
  const params = await personalParams(world, given);
  const { message, issuedAt } = await signingText(world, wallet, 'commitment.create', params);
  const body: Json = {
    ...params,
    wallet: wallet.address,
    issuedAt,
    signature: signText(wallet, message, form),
  };
  return { params, message, issuedAt, body };
}
