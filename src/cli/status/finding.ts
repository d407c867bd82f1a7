/** One thing that the person on call should know. */
export interface Finding {
  /** `act`: a person has to do something, and the exit code is 1. `watch`: it may pass without anybody. */
  readonly urgency: 'act' | 'watch';
  readonly what: string;
  readonly why: string;
  /** RFC 3339; absent where nobody has noted it. */
  readonly since?: string;
  /** The command that comes next, or what to do where no command does it. */
  readonly next: string;
}
