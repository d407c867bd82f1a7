import { readdir, readFile } from 'node:fs/promises';

const FOLDERS = ['src', 'config', 'migrations', 'test'];
const SPEC = /spec\.ts$/;
/** A title that begins with codes: `M1: ...`, `M1, M5: ...`, `M1-M6, V1: ...`. */
const TITLE = /['"`]((?:[MVDNTR]\d+(?:-[MVDNTR]?\d+)?(?:, )?)+): /g;
const ROW = /^\| ([MVDNTR]\d+) +\|/gm;

/** The codes that the document defines, in its order. */
export function codesOf(document: string): string[] {
  return [...document.matchAll(ROW)]
    .map(([, code]) => code ?? '')
    .filter((code, at, all) => all.indexOf(code) === at);
}

/** Files whose tests are named after a code, by code. */
export async function testsByCode(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const path of await specFiles()) {
    const titles = [...(await readFile(path, 'utf8')).matchAll(TITLE)].map(([, codes]) => codes ?? '');
    for (const code of new Set(titles.flatMap(codesInTitle)))
      found.set(code, [...(found.get(code) ?? []), path]);
  }
  return found;
}

/** A list of all codes with the files that hold their tests. */
export async function renderFailureTests(document: string): Promise<string> {
  const tests = await testsByCode();
  const files = (code: string) =>
    tests
      .get(code)
      ?.map((path) => `\`${path}\``)
      .join(', ') ?? 'not yet';
  return codesOf(document)
    .map((code) => `- ${code}: ${files(code)}`)
    .join('\n');
}

async function specFiles(): Promise<string[]> {
  const lists = FOLDERS.map(async (folder) =>
    (await readdir(folder, { recursive: true })).map((name) => `${folder}/${name}`),
  );
  return (await Promise.all(lists))
    .flat()
    .filter((path) => SPEC.test(path))
    .sort();
}

function codesInTitle(codes: string): string[] {
  return codes.split(', ').flatMap((part) => {
    const [, letter = '', from = '', to = from] = /^([MVDNTR])(\d+)(?:-[MVDNTR]?(\d+))?$/.exec(part) ?? [];
    const length = Number(to) - Number(from) + 1;
    return Array.from({ length }, (_, index) => `${letter}${Number(from) + index}`);
  });
}
