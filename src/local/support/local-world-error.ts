/** The embedded world cannot start. `message` says why and what to do instead; it is shown to the user without a stack. */
export class LocalWorldError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LocalWorldError';
  }
}
