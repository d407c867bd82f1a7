import { readFileSync } from 'node:fs';

type Variables = Readonly<Record<string, string | undefined>>;

/** The variables, and for each `NAME_FILE` the content of that file as NAME, as containers hand secrets over. */
export interface SecretFiles {
  readonly source: Variables;
  readonly problems: readonly string[];
}

/** @param names settings that may be given so; a NAME_FILE of any other name is left alone */
export function readSecretFiles(source: Variables, names: readonly string[]): SecretFiles {
  const read: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of names) {
    const path = source[`${name}_FILE`]?.trim();
    if (!path) continue;
    if (source[name]?.trim()) {
      problems.push(`${name} and ${name}_FILE are both set: keep one of them`);
      continue;
    }
    try {
      // Editors and `echo` end a file with a line break, which is no part of a secret.
      read[name] = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
      if (read[name].trim() === '') problems.push(`${name}_FILE: ${path} is empty`);
    } catch (error) {
      problems.push(
        `${name}_FILE: ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      );
    }
  }
  return { source: { ...source, ...read }, problems };
}
