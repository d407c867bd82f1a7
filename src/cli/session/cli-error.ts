/** Ends a command with a message for the operator and an exit code: 1 refused, 2 called wrongly, 3 not finished yet. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | 2 | 3 = 1,
    /** What the API answered, for `--json`. */
    readonly problem?: Readonly<Record<string, unknown>>,
  ) {
    super(message);
    this.name = 'CliError';
  }
}
