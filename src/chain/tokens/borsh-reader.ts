/** Reads the fields of a Borsh structure one after the other. */
export class BorshReader {
  private offset = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @throws RangeError when fewer bytes are left, as every method here does. */
  take(length: number): Uint8Array {
    return this.bytes.subarray(this.skip(length), this.offset);
  }

  u8(): number {
    return this.view.getUint8(this.skip(1));
  }

  u16(): number {
    return this.view.getUint16(this.skip(2), true);
  }

  u32(): number {
    return this.view.getUint32(this.skip(4), true);
  }

  /** @throws RangeError also for a byte other than 0 and 1. */
  flag(): boolean {
    const value = this.u8();
    if (value > 1) throw new RangeError(`${value} is no Borsh bool`);
    return value === 1;
  }

  /** @throws RangeError also for a text of more bytes than its type allows. */
  text(maxBytes: number): Uint8Array {
    const length = this.u32();
    if (length > maxBytes) throw new RangeError(`a text of ${length} bytes where ${maxBytes} are allowed`);
    return this.take(length);
  }

  private skip(length: number): number {
    const start = this.offset;
    if (start + length > this.bytes.length) throw new RangeError('the structure ends too early');
    this.offset = start + length;
    return start;
  }
}
