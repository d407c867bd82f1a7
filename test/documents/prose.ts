/** A sentence of a document, with the line that its paragraph begins on. */
export interface Sentence {
  readonly text: string;
  readonly words: number;
  readonly line: number;
}

const FENCE = /^\s*(```|~~~)/;
const BREAK = /^\s*$|^#|^\s*([-*]|\d+\.)\s|^\s*\|/;
const TABLE_RULE = /^\s*\|[\s:|-]+\|\s*$/;
const INDENTED_CODE = /^ {4,}\S/;

/**
 * All sentences of a Markdown text. Code blocks are left out, a code span counts as one word, and each list item and each
 * cell of a table is a text of its own.
 */
export function sentencesOf(markdown: string): Sentence[] {
  return paragraphsOf(markdown).flatMap(({ text, line }) =>
    splitSentences(text).map((sentence) => ({ text: sentence, words: countWords(sentence), line })),
  );
}

/** The longest sentence first. */
export function longestOf(markdown: string): Sentence | undefined {
  return sentencesOf(markdown).sort((a, b) => b.words - a.words)[0];
}

interface Paragraph {
  readonly text: string;
  readonly line: number;
}

function paragraphsOf(markdown: string): Paragraph[] {
  const paragraphs: { text: string; line: number }[] = [];
  let open = false;
  for (const [line, text] of proseLines(markdown)) {
    if (BREAK.test(text)) open = false;
    if (text.trim() === '' || TABLE_RULE.test(text)) continue;
    if (/^\s*\|/.test(text)) {
      paragraphs.push(...cellsOf(text).map((cell) => ({ text: cell, line })));
      continue;
    }
    const last = paragraphs.at(-1);
    const bare = text.replace(/^\s*([-*]|\d+\.)\s+/, '').replace(/^#+\s*/, '');
    if (open && last) last.text += ` ${bare.trim()}`;
    else paragraphs.push({ text: bare.trim(), line });
    open = !text.startsWith('#');
  }
  return paragraphs;
}

/** Lines outside code blocks, numbered from 1; a code block leaves an empty line, which ends its paragraph. */
function proseLines(markdown: string): [number, string][] {
  let inFence = false;
  return markdown.split('\n').map((text, index) => {
    const isFence = FENCE.test(text);
    if (isFence) inFence = !inFence;
    return [index + 1, isFence || inFence || INDENTED_CODE.test(text) ? '' : text];
  });
}

function cellsOf(row: string): string[] {
  return row
    .replaceAll(/`[^`]*`/g, 'CODE')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '');
}

function splitSentences(text: string): string[] {
  return text
    .replaceAll(/``.+?``|`[^`]*`/g, 'CODE')
    .replaceAll(/\]\([^)]*\)/g, ']')
    .split(/(?<=[.!?]["')*]*)\s+(?=["'(*]*[[A-Z0-9])/)
    .filter((sentence) => sentence !== '');
}

function countWords(sentence: string): number {
  return sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
