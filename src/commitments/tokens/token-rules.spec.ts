import { describe, expect, it } from 'vitest';
import { refusedExtension } from './token-rules.js';

describe('the extensions of a token', () => {
  it.each([
    'PermanentDelegate',
    'TransferHook',
    'MintCloseAuthority',
    'DefaultAccountState',
    'NonTransferable',
    'InterestBearingConfig',
    'ScaledUiAmountConfig',
    'Unknown 99',
  ])('R8: may not be %s', (extension) => {
    expect(refusedExtension(['MetadataPointer', extension])).toEqual({ extension, why: expect.any(String) });
  });

  it('may be none, and any that changes nothing for holders', () => {
    expect(refusedExtension([])).toBeNull();
    expect(
      refusedExtension(['MetadataPointer', 'TokenMetadata', 'TransferFeeConfig', 'GroupPointer']),
    ).toBeNull();
  });
});
