import ts from 'typescript';

/** Where a test depends on how fast a machine is, and what is wrong with it. */
export interface Finding {
  readonly line: number;
  readonly why: string;
}

const ELAPSED =
  'reads a stopwatch: show what was not done (calls, statements, bytes), or put it into test/bench';
const COMPARED = 'compares with the time of day: wait for a state, or count';
const ASSERTED =
  'asserts on the time of day: hand in a clock, or compare with a time that the system under test told';
const SLEEPS = 'sleeps: poll for the state that it waits for';
const LIMITED = 'sets a time limit of its own: they stand in vitest.config.ts';

const COMPARISONS = new Set([
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
]);
const LIMITS = new Set(['deadlineMs', 'timeout', 'testTimeout', 'hookTimeout']);
const TESTS = new Set(['it', 'test', 'describe', 'beforeAll', 'beforeEach', 'afterAll', 'afterEach']);

/** @param source text of a test, or of what tests are made of */
export function timeInTests(source: string): Finding[] {
  const file = ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest, true);
  const found: Finding[] = [];
  const visit = (node: ts.Node): void => {
    const why = whatIsWrong(node);
    if (why !== undefined) {
      found.push({ line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, why });
    }
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

function whatIsWrong(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return isStopwatch(node) ? ELAPSED : undefined;
  if (ts.isAwaitExpression(node)) return isSleep(node.expression) ? SLEEPS : undefined;
  if (ts.isPropertyAssignment(node)) return isOwnLimit(node) ? LIMITED : undefined;
  if (ts.isShorthandPropertyAssignment(node)) return LIMITS.has(node.name.text) ? LIMITED : undefined;
  if (ts.isCallExpression(node)) return wrongCall(node);
  if (ts.isBinaryExpression(node)) return wrongArithmetic(node);
  return undefined;
}

function isStopwatch({ expression, name }: ts.PropertyAccessExpression): boolean {
  const owner = expression.getText();
  return (
    (owner === 'performance' && name.text !== 'timeOrigin') || `${owner}.${name.text}` === 'process.hrtime'
  );
}

/** `await delay(20)`, or a promise that only a timer resolves. */
function isSleep(expression: ts.Expression): boolean {
  if (ts.isCallExpression(expression)) return ['delay', 'sleep', 'setTimeout'].includes(nameOf(expression));
  return (
    ts.isNewExpression(expression) &&
    /^new Promise(<.*>)?\(\(\w+\) => setTimeout\(\w+, /.test(expression.getText())
  );
}

function isOwnLimit({ name, initializer }: ts.PropertyAssignment): boolean {
  return LIMITS.has(name.getText()) && startsWithNumber(initializer);
}

/** `expect(Date.now())`, and `it('...', fn, 5_000)`. */
function wrongCall(call: ts.CallExpression): string | undefined {
  const name = nameOf(call);
  if (name === 'expect' && call.arguments.some(containsNow)) return ASSERTED;
  const last = call.arguments.at(-1);
  const isLimit = TESTS.has(rootOf(call)) && call.arguments.length > 1 && last && startsWithNumber(last);
  return isLimit ? LIMITED : undefined;
}

function wrongArithmetic({ left, right, operatorToken }: ts.BinaryExpression): string | undefined {
  const isMinus = operatorToken.kind === ts.SyntaxKind.MinusToken;
  if (isMinus && isNow(left) && !isConstant(right)) return ELAPSED;
  if (isMinus && containsNow(right)) return COMPARED;
  return COMPARISONS.has(operatorToken.kind) && (isNow(left) || isNow(right)) ? COMPARED : undefined;
}

function nameOf({ expression }: ts.CallExpression): string {
  return ts.isIdentifier(expression) ? expression.text : '';
}

/** `it` for `it(...)`, `it.skipIf(x)(...)` and `it.for(list)(...)`. */
function rootOf(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) return rootOf(node.expression);
  return '';
}

function isNow(node: ts.Node): boolean {
  const text = node.getText();
  return text === 'Date.now()' || text === 'new Date()' || /^Date\.now\(\) [/%] /.test(text);
}

function containsNow(node: ts.Node): boolean {
  return isNow(node) || (node.forEachChild((child) => containsNow(child) || undefined) ?? false);
}

/** `6 * 60_000`, `DAY_MS`: a past or future time, not the difference of two readings. */
function isConstant(node: ts.Node): boolean {
  return ts.isNumericLiteral(node) || /^[A-Z][A-Z0-9_]*$/.test(node.getText()) || isConstantProduct(node);
}

function isConstantProduct(node: ts.Node): boolean {
  if (ts.isParenthesizedExpression(node)) return isConstant(node.expression);
  return ts.isBinaryExpression(node) && isConstant(node.left) && isConstant(node.right);
}

function startsWithNumber(node: ts.Node): boolean {
  return /^[0-9]/.test(node.getText());
}
