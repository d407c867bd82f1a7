import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';

interface Cruiser {
  readonly forbidden: readonly { readonly name: string; readonly comment?: string }[];
}

const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as Cruiser;

describe('the rooms', () => {
  it('stand in docs/architecture.md in the order that dependency-cruiser checks', () => {
    const checked = forbidden.flatMap(({ name, comment = '' }) => {
      const [, feature, row] = /^In src\/([a-z-]+): ([^;]+);/.exec(comment) ?? [];
      return name.startsWith('room-') && feature !== undefined ? [`${feature}: ${row}`] : [];
    });
    const documented = [
      ...readFileSync('docs/architecture.md', 'utf8').matchAll(
        /^\| `src\/([a-z-]+)\/` +\| (`.* < .*`) +\|$/gm,
      ),
    ].map(([, feature, row = '']) => `${feature}: ${row.replaceAll('`', '')}`);
    expect(documented.toSorted()).toEqual([...new Set(checked)].toSorted());
  });
});
