import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Roles whose word a class does not repeat: `payout-engine.service.ts` has PayoutEngine. */
const UNSAID = ['service', 'entity', 'port'];
/** Roles that a class ends with: `payouts.controller.ts` has PayoutsController. */
const SAID = [
  'controller',
  'module',
  'repository',
  'guard',
  'pipe',
  'filter',
  'interceptor',
  'registry',
  'purge',
];
/** Beside its own class a file may have the errors that it throws. */
const ERROR = /Error$/;

const files = readdirSync('src', { recursive: true })
  .map((name) => join('src', String(name)))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'));

function nameOf(path: string): string | undefined {
  const [stem = '', role = ''] = basename(path, '.ts').split('.');
  if (!UNSAID.includes(role) && !SAID.includes(role)) return undefined;
  const words = [...stem.split('-'), ...(SAID.includes(role) ? [role] : [])];
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

describe('the name of a class', () => {
  it('is that of its file', () => {
    const others = files.flatMap((path) => {
      const name = nameOf(path);
      if (name === undefined) return [];
      const text = readFileSync(path, 'utf8');
      const classes = [...text.matchAll(/^export (?:abstract )?class (\w+)/gm)].map(
        ([, found]) => found ?? '',
      );
      const own = classes.filter((found) => !ERROR.test(found));
      // A file may also hold a function, such as a factory.
      return own.length === 0 || own.join() === name
        ? []
        : [`${path} should have ${name}, and has ${own.join()}`];
    });
    expect(others).toEqual([]);
  });
});
