/** The page of `ops doctor`: the deployment checklist, line by line. */
import { count } from '#src/cli/text/words.js';
import type { Check } from './check.js';

const MARKS = { pass: 'pass', warn: 'WARN', fail: 'FAIL' } as const;

export function doctorPage(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const number = (result: Check['result']) => checks.filter((check) => check.result === result).length;
  return [
    ...checks.flatMap(({ name, result, found, mend }) => [
      `${MARKS[result]}  ${name.padEnd(width)}  ${found}`,
      ...(mend === undefined ? [] : [`      ${''.padEnd(width)}  mend: ${mend}`]),
    ]),
    '',
    `${count(number('fail'), 'failure')}, ${count(number('warn'), 'warning')}, ${number('pass')} passed.`,
  ].join('\n');
}
