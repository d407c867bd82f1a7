import { describe, expect, it } from 'vitest';
import { unpayable } from './payable.js';

const WALLET = '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV';
const SYSTEM = '1'.repeat(32);
const wallet = { exists: true, executable: false, owner: SYSTEM, dataLength: 0 };
const nobody = { exists: false, executable: false, owner: null, dataLength: 0 };

describe('R6: a destination', () => {
  it('may be a wallet, and an address that nobody has paid yet', () => {
    expect([unpayable(WALLET, wallet), unpayable(WALLET, nobody)]).toEqual([null, null]);
  });

  it.each([
    ['a program', { ...wallet, executable: true, owner: 'BPFLoaderUpgradeab1e11111111111111111111111' }],
    ['a mint', { ...wallet, owner: 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA', dataLength: 82 }],
    ['token account', { ...wallet, owner: 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb', dataLength: 165 }],
    ['belongs to the program Vote', { ...wallet, owner: 'Vote111111111111111111111111111111111111111' }],
    ['80 bytes of data', { ...wallet, dataLength: 80 }],
  ])('may not be what is found to be %s', (words, found) => {
    expect(unpayable(WALLET, found)).toContain(words);
  });

  it.each([
    SYSTEM,
    'SysvarC1ock11111111111111111111111111111111',
    'Sysvar1nstructions1111111111111111111111111',
    'Secp256r1SigVerify1111111111111111111111111',
    'StakeConfig11111111111111111111111111111111',
    'LoaderV411111111111111111111111111111111111',
  ])('may not be %s, whether the chain shows an account there or not', (address) => {
    expect(unpayable(address, nobody)).toContain('the runtime');
    expect(unpayable(address, wallet)).toContain('the runtime');
  });
});
