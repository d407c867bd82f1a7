// C0/C1 controls, line and paragraph separators, bidirectional overrides and isolates, zero-width and other
// invisible format characters, the byte-order mark, interlinear annotation marks, tag characters and non-characters:
// each can make a stored sentence show something other than what was signed.
const FORBIDDEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\u{e0000}-\u{e0fff}]/u;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** True when a public text has no control, bidi-override or invisible characters and is well-formed Unicode. */
export function isCleanText(text: string): boolean {
  return !LONE_SURROGATE.test(text) && !FORBIDDEN.test(text);
}

/** The one stored form of a public text: NFC, no surrounding white space. */
export function normalizeText(text: string): string {
  return text.normalize('NFC').trim();
}

/** Length in Unicode code points, as PostgreSQL's char_length counts. */
export function codePointLength(text: string): number {
  return Array.from(text).length;
}
