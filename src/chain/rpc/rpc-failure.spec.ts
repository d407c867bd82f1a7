import { describe, expect, it } from 'vitest';
import { RpcFailure, rpcError, toFailure, transactionError } from './rpc-failure.js';

describe('rpc failures', () => {
  it('never repeat the text of a node', () => {
    const failure = rpcError({
      code: -32603,
      message: 'https://rpc/?api-key=SECRET',
      data: { err: 'SECRET' },
    });
    expect(failure.reason).toBe('JSON-RPC -32603 (internal error of the node)');
    expect(rpcError({ code: -1, message: 'SECRET' }).reason).toBe('JSON-RPC -1 (unknown error)');
  });

  it.each([null, 'text', 5, {}, { code: '1' }, []])(
    'survive an error member of the wrong shape: %j',
    (member) => {
      expect(rpcError(member)).toMatchObject({ kind: 'malformed', isOutage: true, isPermanent: false });
    },
  );

  it('tell our mistakes, sick nodes and mere lack of knowledge apart', () => {
    const traits = (code: number) => {
      const { isPermanent, isOutage } = rpcError({ code });
      return { isPermanent, isOutage };
    };
    expect(traits(-32602)).toEqual({ isPermanent: true, isOutage: false });
    for (const code of [-32005, -32603, -32000, 429]) {
      expect(traits(code)).toEqual({ isPermanent: false, isOutage: true });
    }
    for (const code of [-32016, -32011, -32007, -32002, -32601]) {
      expect(traits(code)).toEqual({ isPermanent: false, isOutage: false });
    }
  });

  it('write transaction errors as the runtime knows them, and nothing else', () => {
    expect(transactionError('AccountNotFound')).toBe('AccountNotFound');
    expect(transactionError({ InstructionError: [2, { Custom: 1 }] })).toBe(
      '{"InstructionError":[2,{"Custom":1}]}',
    );
    expect(transactionError({ InsufficientFundsForRent: { account_index: 12 } })).toBe(
      '{"InsufficientFundsForRent":{"account_index":12}}',
    );
    const foreign = [
      `<script>${'x'.repeat(500)}\u202e`,
      'Blockhash not found at https://rpc.example/v2/4f0c',
      { InstructionError: [0, 'key4f0c8a'] },
      { InstructionError: [0, 12_345_678_901] },
      ['x'.repeat(61)],
    ];
    for (const error of foreign) expect(transactionError(error)).toBe('an error that is none of the runtime');
    expect(transactionError(null)).toBe('');
  });

  it('keep their kind when thrown through a library, and anything else is a malformed answer', () => {
    const failure = new RpcFailure('timeout', 'no answer before the deadline');
    expect(toFailure(failure)).toBe(failure);
    expect(toFailure(new TypeError('SECRET'))).toMatchObject({
      kind: 'malformed',
      reason: 'malformed answer',
    });
  });
});
