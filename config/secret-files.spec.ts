import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSecretFiles } from './secret-files.js';

const folder = mkdtempSync(join(tmpdir(), 'cts-secrets-'));
const file = join(folder, 'secret');

describe('NAME_FILE', () => {
  it('is read as NAME, without the line break at its end', () => {
    writeFileSync(file, 'two words \n');
    const { source, problems } = readSecretFiles({ A_FILE: file, B: 'b', C_FILE: 'x' }, ['A', 'B']);
    expect(source).toMatchObject({ A: 'two words ', B: 'b' });
    expect(source).not.toHaveProperty('C');
    expect(problems).toEqual([]);
  });

  it('is named when it cannot be read, is empty or has a rival', () => {
    writeFileSync(file, '\n');
    expect(readSecretFiles({ A_FILE: join(folder, 'none') }, ['A']).problems[0]).toMatch(/^A_FILE: .*ENOENT/);
    expect(readSecretFiles({ A_FILE: file }, ['A']).problems[0]).toMatch(/^A_FILE: .* is empty$/);
    const { problems } = readSecretFiles({ A_FILE: file, A: 'hush' }, ['A']);
    expect(problems).toEqual(['A and A_FILE are both set: keep one of them']);
  });
});
