import { PUMP_AMM_PROGRAM, PUMP_PROGRAM } from '#src/chain/tokens/pump-accounts.js';
import { rpc } from '../proxies/rpc-faults.js';

/**
 * A stand-in for the effect of pump.fun's programs, which are not to be had here: a handful of machine instructions at their
 * addresses. It shows nothing about the real ones. What it does: an instruction with the five accounts of `collect_creator_fee`
 * moves what account 1 holds above RENT to account 0; every other instruction succeeds and does nothing.
 */
export async function installPumpStandIn(rpcUrl: string): Promise<void> {
  for (const program of [PUMP_PROGRAM, PUMP_AMM_PROGRAM]) {
    const account = {
      lamports: 10_000_000,
      data: standInElf().toString('hex'),
      owner: 'BPFLoader2111111111111111111111111111111111',
      executable: true,
      rentEpoch: 0,
    };
    const { error } = await rpc(rpcUrl, 'surfnet_setAccount', [program.toBase58(), account]);
    if (error) throw new Error(`surfnet_setAccount was refused: ${error.message}`);
  }
}

/** What the local chain's rent leaves in a vault. */
export const STAND_IN_RENT = 890_880;

// Where the runtime puts what a program gets: the number of accounts, then each account without data in 10,336 bytes.
const FIRST_ACCOUNT = 8;
const ACCOUNT_BYTES = 10_336;
const LAMPORTS = 72;
const TO = FIRST_ACCOUNT + LAMPORTS;
const FROM = FIRST_ACCOUNT + ACCOUNT_BYTES + LAMPORTS;

const COLLECT_ACCOUNTS = 5;

/** Instructions of sBPF version 0: opcode, destination register, source register, offset, immediate value. */
const PROGRAM: readonly (readonly [number, number, number, number, number])[] = [
  [0x79, 2, 1, 0, 0], // r2 = number of accounts
  [0x55, 2, 0, 9, COLLECT_ACCOUNTS], // another instruction: end
  [0x79, 3, 1, FROM, 0], // r3 = lamports of the vault
  [0xb7, 4, 0, 0, STAND_IN_RENT], // r4 = rent
  [0xbd, 3, 4, 6, 0], // r3 <= r4: end
  [0xbf, 5, 3, 0, 0], // r5 = r3
  [0x1f, 5, 4, 0, 0], // r5 -= r4
  [0x7b, 1, 4, FROM, 0], // vault = rent
  [0x79, 6, 1, TO, 0], // r6 = lamports of the creator
  [0x0f, 6, 5, 0, 0], // r6 += r5
  [0x7b, 1, 6, TO, 0], // creator = r6
  [0xb7, 0, 0, 0, 0], // r0 = success
  [0x95, 0, 0, 0, 0], // exit
];

function standInElf(): Buffer {
  const text = Buffer.concat(
    PROGRAM.map(([opcode, destination, source, offset, immediate]) => {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt8(opcode, 0);
      bytes.writeUInt8((source << 4) | destination, 1);
      bytes.writeInt16LE(offset, 2);
      bytes.writeInt32LE(immediate, 4);
      return bytes;
    }),
  );
  const names = Buffer.from('\0.text\0.shstrtab\0\0\0\0\0\0\0\0', 'latin1');
  const textAt = 64;
  const namesAt = textAt + text.length;
  const sectionsAt = namesAt + names.length;
  const header = Buffer.alloc(64);
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(header);
  header.writeUInt16LE(3, 16); // a shared object
  header.writeUInt16LE(247, 18); // for BPF
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(BigInt(textAt), 24); // where it begins
  header.writeBigUInt64LE(BigInt(sectionsAt), 40);
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(64, 58);
  header.writeUInt16LE(3, 60); // sections
  header.writeUInt16LE(2, 62); // the one with their names
  const sections = [
    section(0, 0, 0, 0, 0),
    section(1, 1, 6, textAt, text.length),
    section(7, 3, 0, namesAt, 17),
  ];
  return Buffer.concat([header, text, names, ...sections]);
}

function section(name: number, type: number, flags: number, at: number, size: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.writeUInt32LE(name, 0);
  bytes.writeUInt32LE(type, 4);
  bytes.writeBigUInt64LE(BigInt(flags), 8);
  bytes.writeBigUInt64LE(BigInt(flags === 0 ? 0 : at), 16);
  bytes.writeBigUInt64LE(BigInt(at), 24);
  bytes.writeBigUInt64LE(BigInt(size), 32);
  bytes.writeBigUInt64LE(8n, 48);
  return bytes;
}
