/** A path of the repository that a document names. */
export interface NamedPath {
  readonly path: string;
  readonly line: number;
}

const TOP = /^(src|test|config|migrations|docs|deploy|clients|verifier|\.ci)\//;
const FILE_AT_TOP = /^[A-Za-z.][\w.-]*\.(md|json|ts|mjs|cjs|yaml|yml)$|^\.env\.example$|^Dockerfile$/;
/** Patterns and examples name no file. */
const NOT_A_PATH = /^x\.|[*<>{}$…]|NNNN|\.\.\./;

/** Paths in code spans, in indented trees they cannot be told from text, and the targets of links. */
export function pathsIn(markdown: string): NamedPath[] {
  const named: NamedPath[] = [];
  let inFence = false;
  markdown.split('\n').forEach((text, index) => {
    if (/^\s*```/.test(text)) inFence = !inFence;
    if (inFence) return;
    const spans = [...text.matchAll(/`([^`]+)`/g)].map(
      ([, span]) => (span ?? '').split(/[\s,:#(]/, 1)[0] ?? '',
    );
    named.push(...spans.filter(isPath).map((path) => ({ path, line: index + 1 })));
  });
  return named;
}

/** Targets of relative links, without their anchors. */
export function linksIn(markdown: string): NamedPath[] {
  return markdown.split('\n').flatMap((text, index) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target]) => (target ?? '').split('#', 1)[0] ?? '')
      .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
      .map((path) => ({ path, line: index + 1 })),
  );
}

function isPath(span: string): boolean {
  return !NOT_A_PATH.test(span) && (TOP.test(span) || FILE_AT_TOP.test(span));
}
