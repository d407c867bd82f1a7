/** One command as a document writes it. */
export interface WrittenCommand {
  readonly line: number;
  /** Without variables that are set before it. */
  readonly words: readonly string[];
  /** In a block that a reader copies, not in a sentence. */
  readonly isBlock: boolean;
}

const BLOCK = /^( *)```sh\n([\s\S]*?)^\1```$/gm;
const FENCED = /^ *```[\s\S]*?^ *```$/gm;
const SPAN = /(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/g;
// Not `<ID>`, which a reader fills in.
const REDIRECTION = /^\d?>|^<(?!\w+>)/;
const ASSIGNMENT = /^[A-Z_]+=/;

/** Every command in the shell blocks and code spans of a Markdown text. */
export function commandsIn(markdown: string): WrittenCommand[] {
  const found: WrittenCommand[] = [];
  const add = (code: string, at: number, isBlock: boolean) => {
    const line = markdown.slice(0, at).split('\n').length;
    for (const words of commandLines(code)) found.push({ line, words, isBlock });
  };
  for (const match of markdown.matchAll(BLOCK)) add(match[2] ?? '', match.index, true);
  const prose = markdown.replaceAll(FENCED, (block) => block.replaceAll(/[^\n]/g, ' '));
  for (const match of prose.matchAll(SPAN)) add((match[2] ?? '').replaceAll('\\|', '|'), match.index, false);
  return found;
}

/** The words of each simple command: quotes are honoured, comments and redirections dropped, pipes and lists taken apart. */
export function commandLines(code: string): string[][] {
  // A word, with its quoted parts; a comment; or what ends a command.
  const tokens = code
    .replaceAll('\\\n', ' ')
    .matchAll(/((?:"[^"]*"|'[^']*'|\\.|[^\s"'\\;&|#]|(?<=\S)#)+)|#[^\n]*|([;&|\n]+)/g);
  const commands: string[][] = [[]];
  for (const [, word, end] of tokens) {
    if (end !== undefined) commands.push([]);
    if (word !== undefined) commands.at(-1)?.push(unquoted(word));
  }
  return commands
    .map(beforeRedirection)
    .map((words) => words.slice(words.findIndex((word) => !ASSIGNMENT.test(word))))
    .filter((words) => words.length > 0 && !ASSIGNMENT.test(words[0] ?? ''));
}

function beforeRedirection(words: readonly string[]): string[] {
  const end = words.findIndex((word) => REDIRECTION.test(word));
  return words.slice(0, end === -1 ? words.length : end);
}

function unquoted(word: string): string {
  return word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2');
}

/** What is handed to `ops`, by whichever name it is called; undefined for another command. */
export function opsArguments(words: readonly string[]): readonly string[] | undefined {
  const line = words.join(' ');
  const call =
    /(?:^|^.* )(?:npm run (?:--silent )?ops --|npx (?:--no )?commit-to-ship|node dist\/src\/cli\/ops\.js)(?= |$)/;
  const start = call.exec(line)?.[0] ?? (words[0] === 'ops' ? 'ops' : undefined);
  if (start === undefined) return undefined;
  return words.slice(start.split(' ').length);
}
