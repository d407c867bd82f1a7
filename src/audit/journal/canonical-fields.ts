import { type Node, parseTree } from 'jsonc-parser';
import { canonicalJson, type CanonicalValue } from '#src/common/text/canonical-json.js';
import { parseDecimal, toDecimalString } from '#src/common/money/decimal.js';

// Where there is none of these, JavaScript holds every number exactly. A hit inside a text costs time and nothing else.
const MAY_BE_INEXACT = /\d[.eE]|\d{16}/;

/**
 * One text for one JSON value: sorted keys, no white space, numbers as plain decimals without zeros at the end, however long
 * they are. It does not depend on how PostgreSQL, or a tool that has rewritten an exported file, prints JSON.
 * @throws SyntaxError when the text is no JSON
 */
export function canonicalFields(text: string): string {
  const value = JSON.parse(text) as CanonicalValue;
  if (!MAY_BE_INEXACT.test(text)) return canonicalJson(value);
  const tree = parseTree(text);
  if (tree === undefined) throw new SyntaxError('fields are not JSON');
  return print(tree, text);
}

function print(node: Node, text: string): string {
  const children = node.children ?? [];
  switch (node.type) {
    case 'object': {
      // Of a key that is there twice the last one counts, as with JSON.parse.
      const members = new Map(children.map(({ children: pair = [] }) => [String(pair[0]?.value), pair[1]]));
      const keys = [...members.keys()].sort((a, b) => (a < b ? -1 : 1));
      return `{${keys.map((key) => `${JSON.stringify(key)}:${printMember(members.get(key), text)}`).join(',')}}`;
    }
    case 'array':
      return `[${children.map((child) => print(child, text)).join(',')}]`;
    case 'number':
      return number(text.slice(node.offset, node.offset + node.length));
    case 'property':
    case 'string':
    case 'boolean':
    case 'null':
      return JSON.stringify(node.value);
  }
}

function printMember(node: Node | undefined, text: string): string {
  if (node === undefined) throw new SyntaxError('fields are not JSON');
  return print(node, text);
}

/** Beyond 500 digits a number stays as it is written. */
function number(literal: string): string {
  const decimal = parseDecimal(literal);
  return decimal === null ? literal : toDecimalString(decimal);
}
