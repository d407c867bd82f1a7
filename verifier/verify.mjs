#!/usr/bin/env node
// Checks the proof of one commitment without the service that has made it: this file, Node's own library and an RPC node.
// README.md beside it says what each check means. Exit code: 0 everything holds, 1 something does not, 2 it could not be checked.
import { createHash, createPublicKey, verify as verifyBytes } from 'node:crypto';
import { readFile, realpath, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export const PROOF_VERSION = 1;
const TOPICS = ['acts', 'milestones', 'approvals', 'decisions', 'payouts', 'transactions'];
/** Less than an account has to hold: what may go along with a payment that empties an escrow. */
const MOST_DUST = 890_880n;
const PAGE = 1_000;

/** What is checked does not hold. */
class Refused extends Error {}
/** It cannot be checked. */
class Unknown extends Error {}

const must = (holds, reason) => {
  if (!holds) throw new Refused(reason);
};

// --- texts, hashes, numbers

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256'));
const hex = (...parts) => sha256(...parts).digest('hex');

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function toBase58(bytes) {
  let number = BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
  let text = '';
  for (; number > 0n; number /= 58n) text = ALPHABET[Number(number % 58n)] + text;
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return '1'.repeat(zeros === -1 ? bytes.length : zeros) + text;
}

/** Null for a text that is not base58 of so many bytes. */
function fromBase58(text, length) {
  if (typeof text !== 'string' || !/^[1-9A-HJ-NP-Za-km-z]{1,88}$/.test(text)) return null;
  let number = 0n;
  for (const digit of text) number = number * 58n + BigInt(ALPHABET.indexOf(digit));
  const digits = number.toString(16).padStart(2 * length, '0');
  if (digits.length > 2 * length) return null;
  const bytes = Buffer.from(digits, 'hex');
  return toBase58(bytes) === text ? bytes : null;
}

/** JSON with sorted keys and without white space (RFC 8785 for whole numbers). */
export function canonicalJson(value) {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new Refused(`${value} is no safe integer`);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/** Numbers of PostgreSQL are longer than JavaScript's: they stay texts. */
function parseExactly(text) {
  const quoted = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
  return JSON.parse(quoted);
}

/** An exact decimal: value x 10^-scale. */
function decimal(text) {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  must(whole !== '', `${text} is no decimal number`);
  return { value: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
}
function aligned(a, b) {
  const scale = Math.max(a.scale, b.scale);
  return [a, b].map((one) => one.value * 10n ** BigInt(scale - one.scale));
}
function compare(a, b) {
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}
function add(a, b) {
  const [x, y] = aligned(a, b);
  return { value: x + y, scale: Math.max(a.scale, b.scale) };
}
const worth = (raw, decimals, price) => ({
  value: BigInt(raw) * price.value,
  scale: Number(decimals) + price.scale,
});

/** UUIDv5: ids of payouts and milestones follow from what they are for. */
function derivedId(commitmentId, name) {
  const namespace = Buffer.from(commitmentId.replaceAll('-', ''), 'hex');
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x50;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

// --- Ed25519, strictly: no second signature for one text, no key that fits every text

const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const ORDER_8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
const SMALL = new Set([0n, 1n, P - 1n, ORDER_8, P - ORDER_8]);
const littleEndian = (bytes) =>
  BigInt(`0x${Buffer.from(Uint8Array.from(bytes).toReversed()).toString('hex')}`);

function isSound(point) {
  const y = littleEndian(point) & (2n ** 255n - 1n);
  return y < P && !SMALL.has(y);
}

function isSigned(publicKey, message, signature) {
  if (publicKey === null || signature === null) return false;
  if (!isSound(publicKey) || !isSound(signature.subarray(0, 32))) return false;
  if (littleEndian(signature.subarray(32)) >= ORDER) return false;
  const x = Buffer.from(publicKey).toString('base64url');
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verifyBytes(null, message, key, signature);
  } catch {
    return false;
  }
}

const isTextSigned = (key, text, signature) =>
  isSigned(fromBase58(key, 32), Buffer.from(text), fromBase58(signature, 64));

/** What a wallet has signed around the text: nothing, or one of Solana's off-chain-message headers. */
function envelope(name, text, signer) {
  const body = Buffer.from(text);
  const domain = Buffer.concat([Buffer.of(0xff), Buffer.from('solana offchain')]);
  if (name === 'text') return body;
  if (name === 'offchain-v1') return Buffer.concat([domain, Buffer.of(1, 1), signer, body]);
  const [, kind, format] = /^offchain-(v0|bare)-([012])$/.exec(name) ?? [];
  if (kind === undefined || body.length > 0xffff) return null;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(body.length);
  const head =
    kind === 'bare'
      ? [Buffer.of(0, Number(format))]
      : [Buffer.of(0), Buffer.alloc(32), Buffer.of(Number(format), 1), signer];
  return Buffer.concat([domain, ...head, length, body]);
}

// --- signed texts

const HEAD =
  /^Commit To Ship asks you to sign: ([\x21-\x7e]+)\nHost: ([\x21-\x7e]+)\nWallet: ([\x21-\x7e]+)\nIssued at: (\S+)\nParameters:( none)?(?:\n|$)/;

function readText(text) {
  const found = HEAD.exec(text);
  must(found !== null, 'its text is none of this service');
  const [start, action, host, wallet] = found;
  const params = new Map();
  for (const line of text.slice(start.length).split('\n').filter(Boolean)) {
    const [, name, shown] = /^- ([A-Za-z][A-Za-z0-9]*): (.+)$/.exec(line) ?? [];
    must(name !== undefined && !params.has(name), 'a line of its text is no parameter');
    params.set(name, shown);
  }
  return { action, host, wallet, params };
}

/** Whether the text shows the parameter with this value. */
const says = (act, name, value) => act.params.get(name) === JSON.stringify(value);

// --- the file: pages, keys, seals, rows

function checkPage(page, index, pages) {
  must(page.version === PROOF_VERSION, `version ${page.version} is not known to this verifier`);
  const { hash, signedBy, signature, ...content } = page;
  must(hex(canonicalJson(content)) === hash, 'its content is not that of its hash');
  must(
    signedBy !== null && isTextSigned(signedBy, `cts-proof:${PROOF_VERSION}:${hash}`, signature),
    'it is not signed',
  );
  const before = pages[index - 1];
  must(page.cursor === (before?.nextCursor ?? null), 'it does not continue the page before it');
  for (const name of ['commitmentId', 'escrow', 'termsHash', 'terms'])
    must(canonicalJson(page[name]) === canonicalJson(pages[0][name]), `it tells of another ${name}`);
}

const keyStatement = (key, previous) =>
  `cts-audit-key:${key.number}:${key.publicKey}:${previous ?? 'none'}:${key.afterSeal}`;

/** The seal keys by number, each vouched for by the one before it. */
function keysOf(pages, trusted) {
  const keys = pages.at(-1).sealKeys.toSorted((a, b) => a.number - b.number);
  for (const [index, key] of keys.entries()) {
    const before = keys[index - 1];
    must(key.number === index + 1, `seal key ${index + 1} is missing`);
    const statement = keyStatement(key, before?.publicKey);
    must(
      isTextSigned(key.publicKey, statement, key.ownSignature),
      `seal key ${key.number} has not signed itself`,
    );
    if (before !== undefined)
      must(
        isTextSigned(before.publicKey, statement, key.previousSignature),
        `seal key ${key.number} is not vouched for by the one before it`,
      );
  }
  if (keys.length === 0) throw new Unknown('nothing is sealed yet: ask again in a minute');
  const known = new Set(keys.map(({ publicKey }) => publicKey));
  if (trusted !== undefined) must(known.has(trusted), `none of the keys is ${trusted}`);
  for (const { signedBy } of pages) must(known.has(signedBy), `${signedBy} is none of the seal keys`);
  return keys;
}

function checkSeal(seal, keys) {
  const digests = Buffer.from(seal.digests, 'base64');
  const bounds = [seal.fromTxid, seal.toTxid, seal.nextTxid, seal.fromId, seal.floorId, seal.maxId];
  const sizes = [seal.rowIds.length, digests.length];
  const head = ['cts-audit-seal-1', seal.id, seal.prevHash, seal.keyNumber, ...sizes, ...bounds];
  const text = JSON.stringify([...head, seal.drained, seal.openedAt, seal.sealedAt]);
  const ids = `${text}\n${seal.rowIds.join(',')}\n${seal.foreignIds.join(',')}\n`;
  must(digests.toString('base64') === seal.digests, 'its digests are not base64');
  must(digests.length === 32 * seal.rowIds.length, 'it has not one digest a line');
  must(hex(ids, digests) === seal.hash, 'its content is not that of its hash');
  const [key, next] = [keys[seal.keyNumber - 1], keys[seal.keyNumber]];
  const isInUse =
    key !== undefined &&
    BigInt(seal.id) > BigInt(key.afterSeal) &&
    (next === undefined || BigInt(seal.id) <= BigInt(next.afterSeal));
  must(isInUse, `key ${seal.keyNumber} was not in use for it`);
  must(
    isTextSigned(key.publicKey, `cts-audit-seal:${seal.id}:${seal.hash}`, seal.signature),
    'it is not signed',
  );
  return digests;
}

/** @returns whether a seal covers it */
function checkRecord({ table, key, row, line, sealId }, seals) {
  if (sealId === null) return false;
  const found = seals.get(sealId);
  must(found !== undefined, `seal ${sealId} is missing`);
  const { seal, digests } = found;
  const place = seal.rowIds.indexOf(line.id);
  must(place !== -1, `seal ${sealId} does not hold line ${line.id}`);
  must(!seal.foreignIds.includes(line.id), 'it was written by somebody else than the service');
  const text = JSON.stringify(['cts-audit-change-1', line.id, line.txid, line.ts, table, key, hex(row)]);
  const own = sha256(text).digest();
  must(own.equals(digests.subarray(32 * place, 32 * place + 32)), 'it is not the row that was sealed');
  return true;
}

/** The newest state of each row, by table. */
function rowsOf(pages) {
  const newest = new Map();
  for (const record of pages.flatMap((page) => TOPICS.flatMap((topic) => page[topic]))) {
    const name = `${record.table} ${record.key}`;
    const known = newest.get(name);
    if (known === undefined || BigInt(known.line.id) < BigInt(record.line.id)) newest.set(name, record);
  }
  const tables = new Map();
  for (const { table, row } of newest.values())
    tables.set(table, [...(tables.get(table) ?? []), { ...parseExactly(row), record: row }]);
  return (table) => tables.get(table) ?? [];
}

// --- what the wallets have signed

function checkAct(row, commitmentId) {
  const act = readText(row.signed);
  const signer = fromBase58(row.wallet, 32);
  const bytes = signer && envelope(row.envelope, row.signed, signer);
  must(
    bytes && isSigned(signer, bytes, fromBase58(row.signature, 64)),
    `its signature is not one of ${row.wallet}`,
  );
  must(hex(row.signed) === row.message_hash, 'its text is not that of its hash');
  must(act.action === row.action && act.wallet === row.wallet, 'its text says otherwise than its row');
  const isOwn = row.action === 'commitment.create' || says(act, 'commitmentId', commitmentId);
  must(isOwn || act.params.has('payoutId') || act.params.has('pauseId'), 'it is about another commitment');
  return { ...act, at: secondsOf(row.chain_time), acceptedAt: row.accepted_at };
}

const secondsOf = (time) => (time === undefined || time === null ? null : Date.parse(time) / 1000);

/** As the journal prints rows. */
function withoutNulls(value) {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(members.map(([key, item]) => [key, withoutNulls(item)]));
}

function checkCreation({ page, commitment, acts }) {
  const { terms } = JSON.parse(commitment.record);
  must(commitment.id === page.commitmentId, 'the row is that of another commitment');
  must(
    canonicalJson(terms) === canonicalJson(withoutNulls(page.terms)),
    'the terms are not those of the row',
  );
  must(hex(canonicalJson(page.terms)) === page.termsHash, 'the terms are not those of the hash');
  must(commitment.terms_hash === page.termsHash, 'the row has another hash of the terms');
  const creation = acts.find(({ hash }) => hash === commitment.message_hash);
  must(creation?.action === 'commitment.create', "the creator's signed message is missing");
  must(creation.wallet === terms.wallet, `it is not signed by ${terms.wallet}`);
  must(says(creation, 'termsHash', page.termsHash), 'the signed text names other terms');
  must(commitment.wallet === terms.wallet, 'the row names another creator');
  must(
    commitment.destination_on_fail === terms.destinationOnFail,
    'the row pays a failure to another wallet',
  );
}

// --- milestones and approvals

function actsAbout(acts, action, milestoneId, wallet) {
  return acts.filter(
    (act) =>
      act.action === action &&
      says(act, 'milestoneId', milestoneId) &&
      (wallet === null || act.wallet === wallet),
  );
}

function checkApproval(signal, { terms, commitment, acts }) {
  const { wallet, milestone_id: milestoneId } = signal;
  must(actsAbout(acts, 'milestone.signal', milestoneId, wallet).length > 0, 'its wallet has not signed it');
  const excluded = [terms.wallet, ...(commitment.excluded_wallets ?? [])];
  must(!excluded.includes(wallet), 'its wallet may not approve');
  must(Number(signal.decimals) === terms.tokenDecimals, 'it was weighed with other decimals than signed for');
  const price = decimal(signal.price_usd);
  const weight = worth(signal.raw_amount, signal.decimals, price);
  must(compare(weight, decimal(signal.weight_usd)) === 0, 'its weight is not balance times price');
  must(compare(weight, decimal(terms.minHoldingUsd)) > 0, 'it weighs no more than the minimum');
  if (signal.reweighed_usd === undefined) return;
  must(signal.reweighed_raw !== undefined, 'what its wallet held at the unlocking is missing');
  const later = worth(signal.reweighed_raw, signal.decimals, price);
  const counted = compare(later, weight) < 0 ? later : weight;
  must(compare(counted, decimal(signal.reweighed_usd)) === 0, 'its weight at the unlocking is another one');
}

function checkMilestone(milestone, context) {
  const { terms, page, acts, rows } = context;
  const position = Number(milestone.position);
  const signed = terms.milestones[position - 1];
  must(milestone.id === derivedId(page.commitmentId, `milestone/${position}`), 'its id is another one');
  must(signed !== undefined, 'the signed terms do not have it');
  must(
    BigInt(milestone.unlock_lamports) === BigInt(signed.unlockLamports),
    'it unlocks another amount than signed',
  );
  must(milestone.title === signed.title, 'it has another title than signed');
  if (milestone.completed_at !== undefined)
    must(
      actsAbout(acts, 'milestone.complete', milestone.id, terms.wallet).length > 0,
      'the creator has not attested it',
    );
  if (milestone.claimable_at !== undefined) checkUnlock(milestone, context, rows('reward_signals'));
}

function checkUnlock(milestone, { terms, acts }, signals) {
  const [completion] = actsAbout(acts, 'milestone.complete', milestone.id, terms.wallet);
  const readyAt = completion.at + terms.claimDelaySeconds;
  must(secondsOf(milestone.claimable_at) >= readyAt, 'it was unlocked before its claim delay was over');
  const counted = signals.filter(
    (one) => one.milestone_id === milestone.id && one.reweighed_usd !== undefined,
  );
  const sum = counted.reduce((all, one) => add(all, decimal(one.reweighed_usd)), decimal('0'));
  must(compare(sum, decimal(milestone.reweighed_usd)) === 0, 'its approvals do not add up to its sum');
  must(
    compare(sum, decimal(terms.approvalThresholdUsd)) >= 0,
    'its approvals weigh less than the signed threshold',
  );
  const [supply, frozen] = [BigInt(milestone.seen_supply), BigInt(terms.tokenSupply)];
  must(supply <= frozen, 'tokens were printed since the terms were signed');
  const needed = (supply * BigInt(terms.approvalSupplyBps) + 9_999n) / 10_000n;
  must(
    BigInt(milestone.approved_raw) >= needed,
    'its approvals hold less than the signed part of the supply',
  );
}

// --- how it ended

function checkPersonalEnd({ terms, commitment, acts }) {
  const decidedAt = secondsOf(commitment.resolution_chain_time);
  const [deadline, window] = [secondsOf(terms.deadline), terms.decisionWindowSeconds];
  const attested = acts.some(
    (act) =>
      act.action === 'commitment.attest' &&
      act.wallet === terms.wallet &&
      act.at !== null &&
      act.at < deadline,
  );
  const filed = (action) =>
    acts.filter(
      (act) => act.action === action && act.at !== null && act.at >= deadline && act.at <= deadline + window,
    ).length;
  const isFiled = filed('admin.commitment.failure') > filed('admin.failure.cancel');
  const isOpen = decidedAt <= deadline + window;
  if (commitment.resolution === 'success') {
    must(attested, 'its authority has not attested before the deadline');
    const isDecided = acts.some(({ action }) => action === 'admin.commitment.success');
    must(
      (isOpen && isDecided) || (!isOpen && !isFiled),
      'no admin has decided it, and it is no refund by default',
    );
    return;
  }
  must(decidedAt >= deadline, 'it failed before its deadline');
  must(
    !attested || (!isOpen && isFiled),
    'its authority has attested, and no failure stood when the window ended',
  );
}

function checkRewardEnd({ terms, commitment, acts }) {
  const decidedAt = secondsOf(commitment.resolution_chain_time);
  const announced = acts.filter(({ action }) => action === 'admin.commitment.failure');
  const isCalledOff = (act) =>
    acts.some((one) => one.action === 'admin.failure.cancel' && one.acceptedAt >= act.acceptedAt);
  const holds = announced.some(
    (act) => act.at !== null && !isCalledOff(act) && act.at + terms.failureNoticeSeconds <= decidedAt,
  );
  must(holds, 'it failed before the notice was over that the signed terms give');
}

/** Proportional, rounded down, and what is left over goes to the largest remainders. */
function largestRemainder(total, weights) {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  const parts = weights.map((weight, index) => {
    return { index, share: (total * weight) / whole, remainder: (total * weight) % whole };
  });
  const left = total - parts.reduce((sum, { share }) => sum + share, 0n);
  const order = parts.toSorted((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  const lucky = new Set(order.filter((_, at) => BigInt(at) < left).map(({ index }) => index));
  return parts.map(({ index, share }) => (lucky.has(index) ? share + 1n : share));
}

function checkDistribution(frozen, context) {
  const { terms, page, rows } = context;
  const amount = (name) => BigInt(frozen[`${name}_lamports`]);
  must(frozen.escrow === page.escrow, 'it is one of another escrow');
  must(frozen.destination === terms.destinationOnFail, 'it pays the rest to another wallet than signed');
  must((frozen.treasury ?? null) === terms.treasury, 'it names another treasury than signed');
  must(
    Number(frozen.treasury_share_bps) === terms.treasuryShareBps,
    'it gives the treasury another part than signed',
  );
  const shared = amount('treasury') + amount('pot') + amount('destination') + amount('reserve');
  const most = shared * BigInt(terms.treasuryShareBps);
  must(amount('treasury') * 10_000n <= most, 'the treasury gets more than signed');
  const parts = ['treasury', 'pot', 'destination', 'earned', 'fee_total', 'reserve', 'stranded'];
  const sum = parts.reduce((all, name) => all + amount(name), 0n);
  must(sum === amount('escrow_balance'), 'its parts do not add up to what the escrow held');
  const earned = rows('failure_earned').reduce((all, one) => all + BigInt(one.amount_lamports), 0n);
  must(earned === amount('earned'), 'what was earned does not add up');
  checkShares(rows('failure_shares'), context, amount('pot'));
}

/** Later money, by the weights of the failure. */
function checkRound(round, context) {
  const { terms, rows } = context;
  const amount = (name) => BigInt(round[`${name}_lamports`]);
  const shared = amount('treasury') + amount('pot');
  const given = amount('escrow_balance') - amount('kept');
  must(given === shared + amount('fee_total'), 'its parts do not add up');
  must(
    amount('treasury') * 10_000n <= shared * BigInt(terms.treasuryShareBps),
    'the treasury gets more than signed',
  );
  const shares = rows('failure_round_shares').filter((one) => one.round === round.round);
  checkShares(shares, context, amount('pot'));
}

function byWeight(a, b) {
  const [x, y] = [BigInt(a.weight_raw), BigInt(b.weight_raw)];
  return x === y ? (a.wallet < b.wallet ? -1 : 1) : x > y ? -1 : 1;
}

/** Who is left out because a share would be too small is lighter than everybody who has one. */
function checkHolders(shares, { rows, acts, terms, commitment }) {
  const standing = rows('failure_announcements').find(({ frozen_at: at }) => at !== undefined);
  const enrolled = rows('failure_enrollments')
    .filter((one) => one.announcement_id === standing?.id)
    .toSorted(byWeight);
  const excluded = [terms.wallet, ...(commitment.excluded_wallets ?? [])];
  for (const [index, { wallet, weight_raw: weight }] of shares.entries()) {
    const own = enrolled.find((one) => one.wallet === wallet);
    must(own?.weight_raw === weight, `${wallet} shares with another weight than it was enrolled with`);
    must(enrolled[index] === own, `${enrolled[index].wallet} holds more than ${wallet} and has no share`);
    must(!excluded.includes(wallet), `${wallet} may not share`);
    const signed = acts.filter((act) => act.wallet === wallet).map(({ action }) => action);
    const hasAsked = signed.includes('distribution.enroll') || signed.includes('milestone.signal');
    must(hasAsked, `${wallet} has neither approved nor enrolled`);
  }
}

function checkShares(unsorted, context, pot) {
  const shares = unsorted.toSorted(byWeight);
  checkHolders(shares, context);
  const sum = shares.reduce((all, one) => all + BigInt(one.amount_lamports), 0n);
  must(sum === pot, 'the shares do not add up to the pot');
  if (shares.length === 0) return;
  const split = largestRemainder(
    pot,
    shares.map(({ weight_raw: weight }) => BigInt(weight)),
  );
  for (const [index, { wallet, amount_lamports: amount }] of shares.entries())
    must(
      split[index] === BigInt(amount),
      `the share of ${wallet} is ${split[index]} lamports, and not ${amount}`,
    );
}

// --- payouts

const FETCHES_RENT = ['personal_success', 'personal_failure', 'failure_destination', 'failure_remainder'];
/** What later money of a failure is distributed by: their part is the number of the round. */
const IN_ROUNDS = ['failure_treasury', 'distribution_claim'];
const paidIn = (rows) =>
  rows('payouts').filter(({ status }) => status === 'confirmed' || status === 'finalized');

function destinationOf(payout, { terms, commitment, rows }) {
  const isPersonal = terms.kind === 'personal';
  switch (payout.purpose) {
    case 'personal_success':
      return isPersonal ? terms.wallet : null;
    case 'personal_failure':
      return isPersonal ? terms.destinationOnFail : null;
    case 'milestone_release':
      return isPersonal ? null : terms.wallet;
    case 'failure_treasury':
      return isPersonal ? null : terms.treasury;
    case 'failure_destination':
    case 'failure_remainder':
      return isPersonal ? null : terms.destinationOnFail;
    case 'distribution_claim':
      return shareOf(payout, rows)?.wallet ?? null;
    case 'stray_forward':
      return endedWell(terms, commitment) ? terms.wallet : terms.destinationOnFail;
    default:
      return null;
  }
}

/** Part 0 is of the failure itself, others are of the round with that number. */
const roundOf = ({ part }, rows) => rows('failure_rounds').find(({ round }) => round === part);

function shareOf({ part, destination }, rows) {
  const shares =
    part === '0'
      ? rows('failure_shares')
      : rows('failure_round_shares').filter(({ round }) => round === part);
  return shares.find(({ wallet }) => wallet === destination);
}

const endedWell = (terms, commitment) =>
  terms.kind === 'personal' ? commitment.resolution === 'success' : commitment.resolution === undefined;

/** What goes to an address that the terms name for a failure: where it cannot be paid, two admins sign another one. */
const CHANGEABLE = [
  'personal_failure',
  'failure_treasury',
  'failure_destination',
  'failure_remainder',
  'stray_forward',
];

function agreedOn(acts, replaces, destination, terms) {
  if (destination === terms.wallet || replaces === null || replaces === terms.wallet) return false;
  const signers = acts
    .filter((act) => act.action === 'admin.destination.change')
    .filter((act) => says(act, 'replaces', replaces) && says(act, 'destination', destination))
    .map(({ wallet }) => wallet);
  return new Set(signers).size > 1;
}

function checkPayout(payout, context) {
  const { page, acts, terms, commitment, rows } = context;
  const { purpose, destination, part } = payout;
  const subject = purpose === 'distribution_claim' ? destination : (payout.subject_id ?? '');
  must(
    payout.id === derivedId(page.commitmentId, `payout/${purpose}/${subject}/${part}`),
    'its id is not the derived one',
  );
  const isOfRound = IN_ROUNDS.includes(purpose) && roundOf(payout, rows) !== undefined;
  const isNumbered =
    purpose === 'stray_forward' || isOfRound || (part === '1' && FETCHES_RENT.includes(purpose));
  must(part === '0' || isNumbered, `there is no part ${part} of it`);
  must(payout.source === page.escrow, 'it does not leave the escrow');
  const wanted = destinationOf(payout, context);
  const isChanged = CHANGEABLE.includes(purpose) && agreedOn(acts, wanted, destination, terms);
  must(
    destination === wanted || isChanged,
    `the signed terms pay it to ${wanted}, and not to ${destination}`,
  );
  const acted = (action, about = () => true) => acts.some((act) => act.action === action && about(act));
  if (purpose === 'personal_success') must(commitment.resolution === 'success', 'no success was decided');
  if (purpose === 'personal_failure') must(commitment.resolution === 'failure', 'no failure was decided');
  if (purpose === 'stray_forward') must(acted('admin.stray.forward'), 'no admin has signed it');
  if (purpose === 'distribution_claim')
    must(
      acted('distribution.claim', ({ wallet }) => wallet === destination),
      'its owner has not claimed it',
    );
  if (purpose.startsWith('failure_'))
    must(acted('admin.commitment.failure'), 'no admin has announced a failure');
  if (purpose === 'milestone_release') checkRelease(payout, context);
  must(isAmountDue(payout, terms, context), `${payout.amount_lamports} lamports are not what was promised`);
}

function checkRelease(payout, { acts, terms, rows }) {
  const milestone = rows('reward_milestones').find(({ id }) => id === payout.subject_id);
  must(milestone?.claimable_at !== undefined, 'its milestone was not unlocked');
  const byAdmin = actsAbout(acts, 'admin.milestone.release', payout.subject_id, null).length > 0;
  const since = secondsOf(milestone.claimable_at) + terms.selfReleaseSeconds;
  const own = actsAbout(acts, 'milestone.release', payout.subject_id, terms.wallet);
  must(
    byAdmin || own.some(({ at }) => at !== null && at >= since),
    'neither an admin nor the creator has signed it',
  );
}

function isAmountDue(payout, terms, { rows }) {
  const amount = BigInt(payout.amount_lamports);
  const [frozen] = rows('failure_distributions');
  const isAbout = (due) => due !== undefined && amount >= BigInt(due) && amount < BigInt(due) + MOST_DUST;
  switch (payout.purpose) {
    case 'milestone_release': {
      const at = rows('reward_milestones').find(({ id }) => id === payout.subject_id)?.position;
      const earned = rows('failure_earned').find((one) => one.milestone_id === payout.subject_id);
      const unlock = terms.milestones[Number(at) - 1]?.unlockLamports;
      if (earned === undefined) return isAbout(unlock);
      return amount >= BigInt(earned.amount_lamports) && amount < BigInt(unlock) + MOST_DUST;
    }
    case 'distribution_claim':
      return isAbout(shareOf(payout, rows)?.amount_lamports);
    case 'failure_treasury':
      return isAbout((payout.part === '0' ? frozen : roundOf(payout, rows))?.treasury_lamports);
    case 'failure_destination':
      return frozen?.eligible_wallets === '0' || isAbout(frozen?.destination_lamports);
    case 'failure_remainder':
      return frozen?.eligible_wallets === '0' || isAbout(frozen?.reserve_lamports);
    default:
      return true;
  }
}

// --- transactions: their bytes, and the chain

const SYSTEM = '11111111111111111111111111111111';
const MEMO = 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr';

function reader(bytes) {
  let at = 0;
  const take = (length) => {
    must(at + length <= bytes.length, 'its bytes end too early');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const byte = () => take(1)[0];
  const count = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const next = byte();
      value |= (next & 0x7f) << shift;
      if ((next & 0x80) === 0) return value;
      must(shift < 14, 'a number in its bytes is too long');
    }
  };
  const list = (read) => Array.from({ length: count() }, read);
  return { take, byte, count, list, rest: () => bytes.subarray(at), isAtEnd: () => at === bytes.length };
}

/** A transaction as it travels: signatures, and a message of version 0 or of the old form. */
export function decodeTransaction(bytes) {
  const outer = reader(bytes);
  const signatures = outer.list(() => outer.take(64));
  const message = outer.rest();
  const inner = reader(message);
  const isVersioned = (message[0] & 0x80) !== 0;
  if (isVersioned) must(inner.byte() === 0x80, 'its version is not known');
  const required = inner.byte();
  inner.take(2);
  const keys = inner.list(() => toBase58(inner.take(32)));
  inner.take(32);
  const instructions = inner.list(() => {
    const program = keys[inner.byte()];
    const accounts = inner.list(() => keys[inner.byte()]);
    return { program, accounts, data: inner.take(inner.count()) };
  });
  return { signatures, message, signers: keys.slice(0, required), instructions };
}

function checkTransfer(bytes, signature, payout, amount) {
  const { signatures, message, signers, instructions } = decodeTransaction(bytes);
  must(toBase58(signatures[0]) === signature, 'its bytes are not those of its signature');
  for (const [index, signer] of signers.entries())
    must(isSigned(fromBase58(signer, 32), message, signatures[index]), `${signer} has not signed it`);
  const transfers = instructions.filter(({ program }) => program === SYSTEM);
  const memos = instructions.filter(({ program }) => program === MEMO);
  must(transfers.length === 1 && memos.length === 1, 'it is not one transfer with a memo');
  const [{ accounts, data }] = transfers;
  const isTransfer = data.length === 12 && data.readUInt32LE(0) === 2;
  must(isTransfer && accounts[0] === payout.source, 'it takes nothing out of the escrow');
  must(accounts[1] === payout.destination, `it pays ${accounts[1]}`);
  must(data.readBigUInt64LE(4) === BigInt(amount), `it pays ${data.readBigUInt64LE(4)} lamports`);
  must(memos[0].data.toString('utf8') === payout.id, 'its memo names another payout');
}

const bytesOf = (column) => Buffer.from(column.replace(/^\\x/, ''), 'hex');

function checkAttempt(attempt, rows) {
  const payout = rows('payouts').find(({ id }) => id === attempt.payout_id);
  must(payout !== undefined, 'its payout is missing');
  checkTransfer(bytesOf(attempt.raw_transaction), attempt.signature, payout, attempt.amount_lamports);
}

/** JSON-RPC over HTTP. @returns a function that throws Unknown when the node cannot be asked */
export function rpcAt(url) {
  return async (method, params) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const headers = { 'content-type': 'application/json' };
    try {
      const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(30_000) });
      const { result, error } = await answer.json();
      if (error !== undefined) throw new Error(`${error.code} ${error.message}`);
      return result;
    } catch (error) {
      throw new Unknown(`${method}: ${error.message}`);
    }
  };
}

async function onChain(rpc, signature) {
  const options = { commitment: 'finalized', encoding: 'base64', maxSupportedTransactionVersion: 0 };
  return rpc('getTransaction', [signature, options]);
}

async function checkPaid(payout, { rows, rpc }) {
  const attempts = rows('payout_attempts').filter(
    (one) => one.payout_id === payout.id && (one.status === 'finalized' || one.status === 'confirmed'),
  );
  must(attempts.length === 1, `${attempts.length} transactions have paid it`);
  const [attempt] = attempts;
  // Dust that could not stay behind alone goes along with what empties the escrow.
  const dust = BigInt(attempt.amount_lamports) - BigInt(payout.amount_lamports);
  must(dust >= 0n && dust < MOST_DUST, 'its transaction has another amount');
  const found = await onChain(rpc, attempt.signature);
  if (found === null)
    throw new Unknown(`the node does not show transaction ${attempt.signature} as final (yet)`);
  const bytes = Buffer.from(found.transaction[0], 'base64');
  must(bytes.equals(bytesOf(attempt.raw_transaction)), 'the chain has other bytes');
  must(found.meta.err === null, 'it has failed on chain');
}

/** Whatever else the escrow has signed. */
async function checkNothingElse({ page, rows, rpc, maxHistory }) {
  const known = new Set(rows('payout_attempts').map(({ signature }) => signature));
  let before;
  let seen = 0;
  for (;;) {
    const options = { limit: PAGE, commitment: 'finalized', ...(before === undefined ? {} : { before }) };
    const entries = await rpc('getSignaturesForAddress', [page.escrow, options]);
    for (const { signature, err } of entries.filter((one) => !known.has(one.signature) && one.err === null)) {
      seen += 1;
      if (seen > maxHistory)
        throw new Unknown(`the escrow has more than ${maxHistory} other transactions: --max-history`);
      const found = await onChain(rpc, signature);
      if (found === null) throw new Unknown(`the node does not show transaction ${signature}`);
      const { signers } = decodeTransaction(Buffer.from(found.transaction[0], 'base64'));
      must(
        err !== null || !signers.includes(page.escrow),
        `transaction ${signature} left the escrow and is not in the proof`,
      );
    }
    if (entries.length < PAGE) return;
    before = entries.at(-1).signature;
  }
}

// --- all of it

/**
 * @param pages the pages of one proof, in their order
 * @param options `rpc`: what `rpcAt` answers, or null to leave the chain out; `trustedKey`: a seal key known from elsewhere
 * @returns one line a check: `ok` is true, false, or null where it could not be checked
 */
export async function verifyProof(pages, { rpc = null, trustedKey, maxHistory = 2_000 } = {}) {
  const lines = [];
  const check = async (name, work) => {
    try {
      lines.push({ name, ok: true, detail: (await work()) ?? '' });
    } catch (error) {
      const ok = error instanceof Unknown ? null : false;
      lines.push({ name, ok, detail: error.message });
    }
  };
  await check('pages', () => pages.forEach(checkPage));
  await check('the last page', () => {
    if (pages.at(-1).nextCursor !== null)
      throw new Unknown('there are more pages: give the address, or all of them');
  });
  if (lines.some(({ ok }) => ok !== true)) return lines;
  let keys = [];
  await check('seal keys', () => {
    keys = keysOf(pages, trustedKey);
    return trustedKey === undefined ? `trusted as told; compare ${keys.at(-1).publicKey}` : '';
  });
  await checkSealed(pages, keys, check);
  const rows = rowsOf(pages);
  const [commitment] = rows('commitments');
  const context = { page: pages[0], rows, commitment, acts: [], terms: pages[0].terms, rpc, maxHistory };
  await checkContent(context, check);
  if (rpc !== null && lines.every(({ ok }) => ok !== false)) await checkChain(context, check);
  return lines;
}

async function checkSealed(pages, keys, check) {
  const seals = new Map();
  for (const seal of new Map(pages.flatMap((page) => page.seals).map((one) => [one.id, one])).values())
    await check(`seal ${seal.id}`, () => {
      seals.set(seal.id, { seal, digests: checkSeal(seal, keys) });
    });
  const records = pages.flatMap((page) => TOPICS.flatMap((topic) => page[topic]));
  let open = 0;
  const refused = [];
  for (const record of records) {
    try {
      if (!checkRecord(record, seals)) open += 1;
    } catch (error) {
      refused.push(`${record.table} ${record.key}: ${error.message}`);
    }
  }
  await check(`${records.length} rows`, () => {
    must(refused.length === 0, refused.join('; '));
    return open === 0 ? 'all of them sealed' : `${open} not sealed yet, and signed with their page alone`;
  });
}

async function checkContent(context, check) {
  const { rows, page, terms } = context;
  for (const row of rows('signed_acts'))
    await check(`act ${row.action} of ${row.wallet}`, () => {
      const { text: signed } = JSON.parse(row.record);
      context.acts.push({ ...checkAct({ ...row, signed }, page.commitmentId), hash: row.message_hash });
    });
  await check('terms and creation', () => {
    must(context.commitment !== undefined, 'the row of the commitment is missing');
    checkCreation(context);
  });
  for (const signal of rows('reward_signals'))
    await check(`approval of ${signal.wallet}`, () => checkApproval(signal, context));
  for (const milestone of rows('reward_milestones'))
    await check(`milestone ${milestone.position}`, () => checkMilestone(milestone, context));
  if (terms.kind === 'creator_reward')
    await check('milestones', () =>
      must(
        rows('reward_milestones').length === terms.milestones.length,
        'not all signed milestones are there',
      ),
    );
  if (context.commitment?.resolution !== undefined)
    await check(`decision: ${context.commitment.resolution}`, () =>
      terms.kind === 'personal' ? checkPersonalEnd(context) : checkRewardEnd(context),
    );
  for (const frozen of rows('failure_distributions'))
    await check('split of the failure', () => checkDistribution(frozen, context));
  for (const round of rows('failure_rounds'))
    await check(`round ${round.round} of later money`, () => checkRound(round, context));
  for (const payout of rows('payouts'))
    await check(`payout ${payout.purpose} ${payout.id}`, () => checkPayout(payout, context));
  for (const attempt of rows('payout_attempts').filter(({ signature }) => signature !== undefined))
    await check(`transaction ${attempt.signature}`, () => checkAttempt(attempt, rows));
}

async function checkChain(context, check) {
  for (const payout of paidIn(context.rows))
    await check(`on chain: ${payout.amount_lamports} lamports to ${payout.destination}`, () =>
      checkPaid(payout, context),
    );
  await check('on chain: nothing else has left the escrow', () => checkNothingElse(context));
}

/** 0: everything holds. 1: something does not. 2: it could not be checked. */
export function exitCodeOf(lines) {
  if (lines.some(({ ok }) => ok === false)) return 1;
  return lines.some(({ ok }) => ok === null) ? 2 : 0;
}

// --- the command

const USAGE = `usage: node verify.mjs PROOF --rpc URL [--key PUBLIC_KEY] [--max-history N] [--save FILE]
       node verify.mjs PROOF --offline
PROOF is a file, or the address https://HOST/api/commitments/ID/proof, of which all pages are read.`;

export async function readPages(source) {
  if (!/^https?:\/\//.test(source)) {
    const read = JSON.parse(await readFile(source, 'utf8'));
    return Array.isArray(read) ? read : [read];
  }
  const pages = [];
  for (let cursor = null; pages.length === 0 || cursor !== null;) {
    const url = new URL(source);
    url.searchParams.set('limit', '200');
    if (cursor !== null) url.searchParams.set('cursor', cursor);
    const answer = await fetch(url, { signal: AbortSignal.timeout(60_000) });
    if (!answer.ok) throw new Unknown(`${url} answered ${answer.status}`);
    const page = await answer.json();
    pages.push(page);
    cursor = page.nextCursor;
  }
  return pages;
}

function parseArguments(args) {
  const options = {};
  const [source, ...rest] = args;
  for (let at = 0; at < rest.length; at += 1) {
    const name = rest[at].replace(/^--/, '');
    if (name === 'offline') options.offline = true;
    else if (['rpc', 'key', 'save', 'max-history'].includes(name) && rest[at + 1] !== undefined) {
      at += 1;
      options[name] = rest[at];
    } else throw new Unknown(USAGE);
  }
  if (source === undefined || source.startsWith('--') || (options.rpc === undefined && !options.offline))
    throw new Unknown(USAGE);
  return { source, ...options };
}

async function main(args) {
  const options = parseArguments(args);
  const pages = await readPages(options.source);
  if (options.save !== undefined) await writeFile(options.save, JSON.stringify(pages));
  const lines = await verifyProof(pages, {
    rpc: options.rpc === undefined ? null : rpcAt(options.rpc),
    trustedKey: options.key,
    maxHistory: Number(options['max-history'] ?? 2_000),
  });
  const words = new Map([
    [true, 'ok     '],
    [false, 'REFUSED'],
    [null, 'UNKNOWN'],
  ]);
  for (const { name, ok, detail } of lines)
    console.log(`${words.get(ok)} ${name}${detail ? `: ${detail}` : ''}`);
  const code = exitCodeOf(lines);
  console.log(
    ['Everything holds.', 'REFUSED: this is no proof.', 'It could not be checked to the end.'][code],
  );
  if (options.offline && code === 0) console.log('The chain was not asked: payments are claimed, not shown.');
  return code;
}

if (process.argv[1] !== undefined && (await realpath(process.argv[1])) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2)).catch((error) => {
    console.error(error instanceof Unknown ? error.message : `could not be checked: ${error.message}`);
    return 2;
  });
}
