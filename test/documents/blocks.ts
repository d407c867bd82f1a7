/**
 * The text with new content between `<!-- generated: NAME -->` and `<!-- end generated -->`.
 * @throws Error when the text has no such block
 */
export function withBlock(text: string, name: string, content: string): string {
  const begin = `<!-- generated: ${name} -->`;
  const end = '<!-- end generated -->';
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from === -1 || to === -1) throw new Error(`the document has no block "${begin}" ... "${end}"`);
  return `${text.slice(0, from)}${begin}\n\n${content}\n\n${text.slice(to)}`;
}

/** A Markdown table. A bar in a cell would end the cell, so it is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
