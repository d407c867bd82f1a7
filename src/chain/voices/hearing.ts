/** One question, put to every voice at the same time: what each said, and who was silent. */
export interface Hearing<T> {
  readonly words: readonly Word<T>[];
  readonly silences: readonly Silence[];
}

export interface Word<T> {
  readonly voice: string;
  readonly answer: T;
}

export interface Silence {
  readonly voice: string;
  /** In words safe to show. */
  readonly reason: string;
  /** How long it has not answered this kind of question. */
  readonly forMs: number;
}

/**
 * What a hearing is worth.
 * - `many`: two voices or more have spoken.
 * - `single_source`: the only configured voice has.
 * - `alone`: one of several has, and the others have been silent so long that some questions go on without them.
 * - `too_early`: one of several has, and the others may come back any moment.
 * - `none`: nobody has.
 */
export type Standing = 'many' | 'single_source' | 'alone' | 'too_early' | 'none';

export function standingOf(hearing: Hearing<unknown>, waitMs: number): Standing {
  const { words, silences } = hearing;
  if (words.length === 0) return 'none';
  if (words.length > 1) return 'many';
  if (silences.length === 0) return 'single_source';
  return silences.every(({ forMs }) => forMs >= waitMs) ? 'alone' : 'too_early';
}

/** Why voices do not decide a question, in words for people. */
export interface Doubt {
  /** `silent`: ask again later. `contradiction`: a person has to look, no waiting makes it right. */
  readonly kind: 'silent' | 'contradiction';
  readonly reason: string;
}

export type Agreement<T> = { readonly agreed: T } | { readonly doubt: Doubt };

export function contradiction(reason: string): { readonly doubt: Doubt } {
  return { doubt: { kind: 'contradiction', reason } };
}

/** For a hearing that is not worth enough. */
export function silence(hearing: Hearing<unknown>): { readonly doubt: Doubt } {
  return { doubt: { kind: 'silent', reason: silenceOf(hearing) } };
}

export function silenceOf({ words, silences }: Hearing<unknown>): string {
  const heard = words.length === 0 ? 'no voice answers' : `only ${words[0]?.voice} answers`;
  return `${heard}; ${silences.map(({ voice, reason }) => `${voice}: ${reason}`).join('; ')}`;
}
