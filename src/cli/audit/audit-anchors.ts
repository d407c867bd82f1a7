import { parseEnvironment } from '#config/environment.js';
import { Settings } from '#config/settings.js';
import { anchorsOf, type ChainAnchor } from '#src/audit/anchors/anchor-history.js';
import type { Finding, FindingKind, KnownSeal } from '#src/audit/seals/findings.js';
import type { Chain } from '#src/chain/port/chain.js';
import { SystemClock } from '#src/common/clock.js';
import type { Trust } from './audit-trust.js';

/** An anchor as the database tells it. */
export interface StoredAnchor {
  readonly sealId: string;
  readonly signature: string;
  readonly confirmed: boolean;
}

export interface Anchors {
  /** What the chain says about seals. */
  readonly known: readonly KnownSeal[];
  readonly findings: readonly Finding[];
  /** The key that the first anchor of the trusted wallets names. */
  readonly firstKey: string | null;
  /** How many of them were read on chain. */
  readonly checked: number;
  /** Whose memos were read. */
  readonly payers: readonly string[];
}

/**
 * Every anchor that the trusted wallets have ever put on the chain, and what is wrong with the table that lists them.
 * @param stored null for an exported file, which has no such table
 * @throws RpcUnavailableError
 */
export async function readAnchors(
  { feePayers, rpcUrl, rpcTimeoutMs }: Trust,
  stored: readonly StoredAnchor[] | null,
): Promise<Anchors> {
  const payers = [...feePayers];
  if (rpcUrl === undefined || payers.length === 0) {
    const known = (stored ?? [])
      .filter(({ confirmed }) => confirmed)
      .map(({ sealId, signature }) => ({ sealId, source: `anchor ${signature}` }));
    return { known, findings: [], firstKey: null, checked: 0, payers: [] };
  }
  const chain = await chainAt(rpcUrl, rpcTimeoutMs);
  const found: ChainAnchor[] = [];
  for (const payer of payers) for await (const page of anchorsOf(chain, payer)) found.push(...page);
  found.sort((a, b) => (a.slot < b.slot ? -1 : 1));
  const known = found.map(({ sealId, hash, signature }) => ({
    sealId,
    hash,
    source: `anchor ${signature}`,
  }));
  const findings = stored === null ? [] : await compare(chain, found, stored);
  return { known, findings, firstKey: found[0]?.publicKey ?? null, checked: found.length, payers };
}

/** The table against the chain, both ways. */
async function compare(
  chain: Chain,
  found: readonly ChainAnchor[],
  stored: readonly StoredAnchor[],
): Promise<Finding[]> {
  const onChain = new Set(found.map(({ signature }) => signature));
  const inTable = new Set(stored.map(({ signature }) => signature));
  const findings: Finding[] = [];
  for (const { signature, sealId, confirmed } of stored.filter((row) => !onChain.has(row.signature))) {
    const memo = await chain.finalizedMemo(signature);
    if (memo !== null)
      findings.push(of('anchor_foreign', sealId, `anchor ${signature} was paid by ${memo.feePayer}`));
    else if (confirmed)
      findings.push(of('anchor_missing', sealId, `anchor ${signature} is not on the chain`));
  }
  for (const { signature, sealId } of found.filter((anchor) => !inTable.has(anchor.signature))) {
    const detail = `anchor ${signature} of seal ${sealId} is on the chain, and public.audit_anchors has lost it`;
    findings.push(of('anchor_unknown', sealId, detail));
  }
  return findings;
}

function of(kind: FindingKind, sealId: string, detail: string): Finding {
  return { kind, rowId: null, sealId, detail };
}

async function chainAt(rpcUrl: string, timeoutMs: string | undefined): Promise<Chain> {
  const settings = parseEnvironment({
    SOLANA_RPC_URL: rpcUrl,
    ...(timeoutMs === undefined ? {} : { SOLANA_RPC_TIMEOUT_MS: timeoutMs }),
  });
  const { SolanaChain } = await import('#src/chain/solana-chain.js');
  return new SolanaChain(new Settings(settings), new SystemClock());
}
