/** One signature as one node reports it. `absent` means "this node does not know it", which proves nothing by itself. */
export type SignatureStatus =
  | { readonly state: 'absent' }
  | {
      readonly state: 'processed' | 'confirmed' | 'finalized';
      readonly slot: bigint;
      /** The on-chain error as JSON text; null when the transaction succeeded. */
      readonly error: string | null;
    };
