import type { Settings } from '#config/settings.js';
import { RpcNotConfiguredError } from '#src/chain/port/chain.errors.js';
import type { Clock } from '#src/common/clock.js';
import { RpcEndpoint } from './rpc-endpoint.js';
import { byHealth, callInTurn, type RpcCaller, RpcVoice } from './rpc-voice.js';
import { voicesOf } from './voice-of.js';

/**
 * All configured endpoints. A call goes to the healthiest and fails over to the next, within one deadline for all of
 * them. An endpoint that failed cools down (2 s, growing to 15 s) and afterwards stays behind those that never failed
 * until it answers again, so a hanging one costs the time of one call and not of every call.
 */
export class RpcPool implements RpcCaller {
  readonly endpoints: readonly RpcEndpoint[];
  /** Who the endpoints speak for: answers of one voice are one word. */
  readonly voices: readonly RpcVoice[];
  readonly timeoutMs: number;

  constructor(settings: Settings, clock: Clock) {
    const { SOLANA_RPC_URL, SOLANA_RPC_TIMEOUT_MS: timeoutMs, SOLANA_COMMITMENT: commitment } = settings.env;
    const configured = SOLANA_RPC_URL ?? [];
    const names = voicesOf(configured, settings.env.SOLANA_RPC_GROUPS);
    // The same URL twice is one endpoint: a proof that asks for two would otherwise hear one twice.
    const urls = [...new Set(configured)];
    this.timeoutMs = timeoutMs;
    this.endpoints = urls.map((url, index) => {
      const voice = names[configured.indexOf(url)] ?? url;
      return new RpcEndpoint({ url, voice, label: labelOf(urls, index), timeoutMs, commitment, clock });
    });
    this.voices = [...new Set(this.endpoints.map(({ voice }) => voice))].map(
      (name) =>
        new RpcVoice(
          name,
          this.endpoints.filter(({ voice }) => voice === name),
          timeoutMs,
        ),
    );
  }

  async call<T>(operation: string, work: (endpoint: RpcEndpoint) => Promise<T>): Promise<T> {
    return callInTurn(this.byHealth(), this.timeoutMs, operation, work);
  }

  /** @throws RpcNotConfiguredError */
  byHealth(): RpcEndpoint[] {
    if (this.endpoints.length === 0) throw new RpcNotConfiguredError();
    return byHealth(this.endpoints);
  }
}

function labelOf(urls: readonly string[], index: number): string {
  const hosts = urls.map((url) => new URL(url).host);
  const host = hosts[index] ?? '';
  return hosts.filter((other) => other === host).length === 1 ? host : `${host} (${index + 1})`;
}
