import type { Pool, PoolClient } from 'pg';

/** A statement that a connection parses and plans once. */
export interface NamedStatement {
  readonly name: string;
  readonly text: string;
}

/** What `SessionClient` knows about its connection, beside what pg says. */
type Client = PoolClient & { readonly isPooled?: boolean };

/**
 * Connections on which statements follow each other without waiting for the answers of those before (pg's `pipeline`), so that a
 * few serve many readers. A slow statement holds up those behind it: only for what one index look-up answers. No transactions.
 */
export class Pipeline {
  private readonly lanes: (Promise<Client> | undefined)[];
  private next = 0;

  /** @param pool of connections with pg's option `pipeline` */
  constructor(
    private readonly pool: Pool,
    width: number,
  ) {
    this.lanes = Array.from({ length: width }, () => undefined);
  }

  async query<T extends object>({ name, text }: NamedStatement, values: readonly unknown[]): Promise<T[]> {
    const client = await this.lane();
    // A pooler in transaction mode may give the next statement to a server that has never seen the name.
    const named = client.isPooled === true ? {} : { name };
    return (await client.query<T>({ ...named, text, values: [...values] })).rows;
  }

  /** Gives the connections back; what is under way on them is answered first. */
  async end(): Promise<void> {
    const lanes = this.lanes.splice(0);
    for (const lane of lanes) await lane?.then((client) => client.release()).catch(() => undefined);
  }

  private lane(): Promise<Client> {
    const index = (this.next = (this.next + 1) % Math.max(1, this.lanes.length));
    const open = this.lanes[index] ?? this.open(index);
    this.lanes[index] = open;
    return open;
  }

  private open(index: number): Promise<Client> {
    const opening = this.pool.connect().then((client) => {
      client.once('end', () => {
        // The next reader opens another one.
        if (this.forget(index, opening)) client.release(true);
      });
      return client;
    });
    opening.catch(() => this.forget(index, opening));
    return opening;
  }

  /** @returns false where it was given back already */
  private forget(index: number, lane: Promise<Client>): boolean {
    if (this.lanes[index] !== lane) return false;
    this.lanes[index] = undefined;
    return true;
  }
}
