import ts from 'typescript';

/**
 * Lines with a loop that awaits promises which all began before it. When one is refused while an earlier one is still awaited,
 * nobody has asked for it yet: Node calls that an unhandled rejection, and the whole run fails. Promise.all asks for all at once.
 * @param source text of a test, or of what tests are made of
 */
export function promisesInTests(source: string): number[] {
  const file = ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest, true);
  const found: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isForOfStatement(node) && awaitsItsVariable(node))
      found.push(file.getLineAndCharacterOfPosition(node.getStart()).line + 1);
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

function awaitsItsVariable({
  initializer,
  statement,
  awaitModifier,
  expression,
}: ts.ForOfStatement): boolean {
  if (awaitModifier !== undefined) return ts.isArrayLiteralExpression(expression);
  if (!ts.isVariableDeclarationList(initializer)) return false;
  const names = new Set(initializer.declarations.flatMap(({ name }) => namesIn(name)));
  const isAwaited = (node: ts.Node): boolean =>
    (promiseOf(node) !== undefined && names.has(promiseOf(node) ?? '')) ||
    (ts.forEachChild(node, (child) => isAwaited(child) || undefined) ?? false);
  return isAwaited(statement);
}

/** The variable in `await one` and in `expect(one).rejects`. */
function promiseOf(node: ts.Node): string | undefined {
  if (ts.isAwaitExpression(node) && ts.isIdentifier(node.expression)) return node.expression.text;
  if (!ts.isPropertyAccessExpression(node) || !['rejects', 'resolves'].includes(node.name.text))
    return undefined;
  const [given] = ts.isCallExpression(node.expression) ? node.expression.arguments : [];
  return given !== undefined && ts.isIdentifier(given) ? given.text : undefined;
}

function namesIn(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []));
}
