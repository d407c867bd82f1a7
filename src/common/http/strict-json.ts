import { type JSONPath, type JSONVisitor, visit } from 'jsonc-parser';
import { DomainError, ValidationError } from '#src/common/errors/errors.js';

const MAX_DEPTH = 32;
const REFUSED_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
const INTEGER = /^-?(0|[1-9]\d*)$/;
const NUL_OR_LONE_SURROGATE = /\0|\p{Surrogate}/u;

/**
 * Parses a request body so that two readers cannot read it differently: UTF-8, one object, no key twice, whole numbers
 * that JavaScript holds exactly (this API has no other), and no text that the database cannot store.
 * @throws DomainError `malformed_json`
 * @throws ValidationError naming the member
 */
export function parseStrictJson(bytes: Uint8Array): Record<string, unknown> {
  const text = decode(bytes);
  if (text.trim() === '') return {};
  // The depth first: the walk below recurses, and so might others after it.
  refuseDepth(text);
  const value = parse(text);
  visit(text, new Strictness(text).visitor);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ValidationError([{ path: '', message: 'the body must be a JSON object' }]);
  }
  return value as Record<string, unknown>;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed('The body is not valid UTF-8.');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw malformed('The body is not valid JSON.');
  }
}

function refuseDepth(text: string): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > MAX_DEPTH) throw malformed(`The body is nested deeper than ${MAX_DEPTH} levels.`);
  }
}

/** What JSON.parse lets pass. */
class Strictness {
  private readonly keysOfOpenObjects: Set<string>[] = [];

  readonly visitor: JSONVisitor = {
    onObjectBegin: () => void this.keysOfOpenObjects.push(new Set()),
    onObjectEnd: () => void this.keysOfOpenObjects.pop(),
    onObjectProperty: (key) => this.checkKey(key),
    onLiteralValue: (value: unknown, offset, length, _line, _character, path) => {
      if (typeof value === 'number') this.checkNumber(this.text.slice(offset, offset + length), value, path);
      if (typeof value === 'string') checkText(value, path);
    },
  };

  constructor(private readonly text: string) {}

  private checkKey(key: string): void {
    const keys = this.keysOfOpenObjects.at(-1);
    if (keys?.has(key)) throw malformed(`The key ${quote(key)} is given twice.`);
    if (REFUSED_KEYS.has(key) || NUL_OR_LONE_SURROGATE.test(key)) {
      throw malformed(`The key ${quote(key)} is not allowed.`);
    }
    keys?.add(key);
  }

  private checkNumber(literal: string, value: number, path: () => JSONPath): void {
    if (INTEGER.test(literal) && Number.isSafeInteger(value)) return;
    const message = 'must be a whole number of at most 2^53-1, written without fraction or exponent';
    throw new ValidationError([{ path: pathText(path()), message }]);
  }
}

function checkText(value: string, path: () => JSONPath): void {
  if (!NUL_OR_LONE_SURROGATE.test(value)) return;
  const message = 'must be well-formed Unicode without NUL';
  throw new ValidationError([{ path: pathText(path()), message }]);
}

function pathText(path: JSONPath): string {
  return path.join('.').slice(0, 100);
}

function quote(key: string): string {
  return JSON.stringify(key.slice(0, 40));
}

function malformed(detail: string): DomainError {
  return new DomainError('malformed_json', detail);
}
