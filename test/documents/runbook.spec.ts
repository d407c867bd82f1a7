import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AUDITED_ROUTES, EVENTS, QUIET_ROUTES } from '#src/common/audit-events.js';
import { ERROR_TABLE } from '#src/common/errors/error-table.js';
import { JOBS } from '#src/jobs/jobs.js';

const text = readFileSync('RUNBOOK.md', 'utf8');

interface Section {
  readonly title: string;
  readonly body: string;
}

/** Cut at every heading of the second and third level. */
const sections: readonly Section[] = text
  .split(/^(?=#{2,3} )/m)
  .map((part) => ({ title: part.split('\n', 1)[0] ?? '', body: part }));

/** What runbook-source promises an answer to: incidents, secrets, and what else is rehearsed. */
const REHEARSED = [
  ...sections.filter(({ title }) => /^### (\d+\. |`[A-Z_]+`)/.test(title)),
  ...sections.filter(({ title }) =>
    ['## Stop all payouts now', '### Database failover', '### Full disk', '### Rate limits'].includes(title),
  ),
];

const code = ['src', 'config', 'migrations']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .map((name) => join(folder, String(name)))
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts')),
  )
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

const events = new Set([
  ...Object.keys(EVENTS),
  ...[...Object.keys(AUDITED_ROUTES), ...QUIET_ROUTES].flatMap((route) =>
    ['ok', 'denied', 'error'].map((outcome) => `${route}_${outcome}`),
  ),
]);

describe('RUNBOOK.md', () => {
  it('has fifteen incidents and four secrets at least', () => {
    expect(REHEARSED.length).toBeGreaterThanOrEqual(23);
  });

  it.each(REHEARSED.map(({ title, body }) => [title, body]))(
    '%s: says when it worked, and who plays it',
    (_, body) => {
      expect(body).toMatch(/^\*\*It worked when\*\* .+/m);
      const played = [...body.matchAll(/^- `(test\/\S+)`: `(.+)`$/gm)];
      expect(played.length).toBeGreaterThan(0);
      for (const [, file = '', name = ''] of played) {
        expect(existsSync(file), file).toBe(true);
        expect(readFileSync(file, 'utf8').includes(name), `${file} has no test "${name}"`).toBe(true);
      }
    },
  );

  it('names a command in every incident', () => {
    const without = REHEARSED.filter(({ body }) => !/\bops [a-z]|npm run |curl /.test(body));
    expect(without.map(({ title }) => title)).toEqual([]);
  });

  it('quotes titles of problems with the code that they have', () => {
    const quoted = [...text.matchAll(/`([A-Z][^`]+)` \(code `([a-z_]+)`\)/g)];
    expect(quoted.length).toBeGreaterThan(7);
    const titles = Object.fromEntries(Object.entries(ERROR_TABLE).map(([code, { title }]) => [code, title]));
    expect(quoted.filter(([, title, code = '']) => titles[code] !== title).map(([all]) => all)).toEqual([]);
  });

  it('names only audit events that there are', () => {
    const named = [...text.matchAll(/`([a-z_]+_(?:error|ok|denied))`/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !events.has(name))).toEqual([]);
  });

  it('is completed by ten pages of ops status: one in which all is well, nine in which somebody is told what comes next', () => {
    const pages = readFileSync('docs/ops-status.md', 'utf8').split(/^## /m).slice(1);
    expect(pages).toHaveLength(10);
    const calm = pages.filter((page) => page.includes('Nothing needs you.'));
    expect(calm).toHaveLength(1);
    const told = pages.filter((page) =>
      /^1\. .+\n {3}why {4}.+\n {3}(?:since .+\n {3})?next {3}ops /m.test(page),
    );
    expect(told.length).toBe(9);
  });

  it('lists every job with its period, and every alarm', () => {
    const periods = { 5: '5 s', 10: '10 s', 60: '60 s', 600: '10 min', 900: '15 min', 3600: '1 h' };
    const row = (name: string) =>
      text.split('\n').find((line) => line.startsWith('| `') && line.includes(`\`${name}\``));
    const wrong = JOBS.filter(({ name, periodSeconds }) => {
      const period = periods[periodSeconds as keyof typeof periods];
      return row(name)?.split('|')[2]?.trim() !== period;
    });
    expect(wrong).toEqual([]);
    const alarms = Object.keys(EVENTS).filter((event) => event.endsWith('_error'));
    expect(alarms.filter((event) => !text.includes(event))).toEqual([]);
  });

  it('shows situations of ops status in the words of the code', () => {
    const shown = [...text.matchAll(/^\d\. (.+)\n {3}why /gm)].map(([, what = '']) => what);
    expect(shown.length).toBeGreaterThanOrEqual(10);
    const fixed = shown.map(
      (what) => what.replace(/^(Payout|Job|The audit webhook)\b.*? is /, '').split(':')[0] ?? '',
    );
    expect(fixed.filter((words) => !code.includes(words))).toEqual([]);
  });

  it.each([
    'Nothing needs you.',
    'All payouts are paused',
    'Nothing is used up.',
    'The database has no disk space left',
    'The database is read-only: a standby, or made read-only',
    'CTS_MOCK_MODE is forbidden in production',
    'was voided by a revocation',
  ])('quotes the code: "%s"', (message) => {
    expect([text.includes(message), code.includes(message)]).toEqual([true, true]);
  });
});
