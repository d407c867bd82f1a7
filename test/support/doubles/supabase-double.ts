import type { IncomingMessage } from 'node:http';
import { LocalStorage } from '#src/local/local-storage.js';

export interface StorageRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
}

/** Supabase Storage as its client library speaks to it, with a record of who asked for what. */
export class SupabaseDouble {
  private constructor(
    private readonly storage: LocalStorage,
    readonly requests: readonly StorageRequest[],
  ) {}

  static async start(serviceRoleKey: string): Promise<SupabaseDouble> {
    const requests: StorageRequest[] = [];
    const onRequest = ({ method = '', url = '', headers }: IncomingMessage) =>
      requests.push({ method, path: url, authorization: headers.authorization ?? '' });
    return new SupabaseDouble(await LocalStorage.start({ serviceRoleKey, onRequest }), requests);
  }

  get url(): string {
    return this.storage.url;
  }

  async stop(): Promise<void> {
    await this.storage.stop();
  }
}
