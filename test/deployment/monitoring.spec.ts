import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findCommand } from '#src/cli/command-line.js';
import { alertsIn, DASHBOARD, metricsIn, RULE_TESTS, RULES } from '../support/checks/monitoring.js';
import { programPath, skipNote } from '../support/processes/system-programs.js';

const note = skipNote('promtool');
const alerts = alertsIn(RULES);

/** @throws with what it says when it fails */
function promtool(...args: string[]): string {
  return execFileSync(programPath('promtool') ?? 'promtool', args, {
    cwd: 'deploy/prometheus',
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe('deploy/prometheus/rules.yml', () => {
  it.skipIf(note !== '')(`is valid, and each alert fires once${note}`, () => {
    expect(promtool('check', 'rules', 'rules.yml')).toContain(`SUCCESS: ${alerts.length} rules found`);
    expect(promtool('test', 'rules', 'rules.test.yml')).toContain('SUCCESS');
  });

  it('has a case in which each alert fires, and one in which it does not', () => {
    expect(alerts.length).toBeGreaterThan(10);
    const cases = [...RULE_TESTS.matchAll(/alertname: (\w+)\n +exp_alerts:( \[\])?$/gm)];
    const named = (silent: boolean) =>
      cases.filter(([, , none]) => (none !== undefined) === silent).map(([, name = '']) => name);
    expect(named(false).toSorted()).toEqual(alerts.toSorted());
    expect(named(true).toSorted()).toEqual(alerts.toSorted());
  });

  it('names commands that there are, and an incident or a section of the runbook', () => {
    const runbook = readFileSync('RUNBOOK.md', 'utf8');
    const hints = [...RULES.matchAll(/^ +runbook: (.*)$/gm)].map(([, text = '']) => text);
    expect(hints).toHaveLength(alerts.length);
    for (const hint of hints) {
      for (const [, words = ''] of hint.matchAll(/`ops ([^`]+)`/g))
        expect(() =>
          findCommand(words.split(' ').filter((word) => !/^-|^\d/.test(word) && word !== 'stopped')),
        ).not.toThrow();
      const places = [
        ...[...hint.matchAll(/Incidents? (\d+)/g)].map(([, number]) => `### ${number}. `),
        ...[...hint.matchAll(/Section "([^"]+)"/g)].map(([, title]) => `# ${title}\n`),
      ];
      expect(
        places.filter((place) => !runbook.includes(place)),
        hint,
      ).toEqual([]);
      expect(places.length, hint).toBeGreaterThan(0);
    }
  });
});

describe('deploy/grafana/commit-to-ship.json', () => {
  const dashboard = JSON.parse(DASHBOARD) as {
    readonly panels: readonly {
      readonly id: number;
      readonly title: string;
      readonly targets: readonly { readonly expr: string }[];
    }[];
  };

  it('shows every metric that an alert is about', () => {
    const shown = metricsIn(DASHBOARD);
    const alerted = metricsIn(RULES);
    expect(alerted.filter((name) => !shown.includes(name))).toEqual([]);
  });

  it('asks something in every panel, each with an id of its own', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(dashboard.panels.filter(({ targets }) => targets.length === 0)).toEqual([]);
  });
});
