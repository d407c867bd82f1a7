import type { Environment } from './environment.js';

/** The parsed settings as an injectable; `settings.env.PORT`. Derived values live here, each in one place. */
export class Settings {
  constructor(readonly env: Environment) {}

  get isProduction(): boolean {
    return this.env.NODE_ENV === 'production';
  }

  /** Origin that admin requests must come from; outside production it defaults to the API's own address. */
  get appOrigin(): string {
    return this.env.APP_ORIGIN ?? `http://localhost:${this.env.PORT}`;
  }

  /** Host (with port) of APP_ORIGIN: the one that signed messages name. */
  get appHost(): string {
    return new URL(this.appOrigin).host;
  }
}
