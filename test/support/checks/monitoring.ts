import { readFileSync } from 'node:fs';

/** The files of deploy/ that name metrics, as text. */
export const RULES = readFileSync('deploy/prometheus/rules.yml', 'utf8');
export const RULE_TESTS = readFileSync('deploy/prometheus/rules.test.yml', 'utf8');
export const DASHBOARD = readFileSync('deploy/grafana/commit-to-ship.json', 'utf8');

/** Names of our metrics in a text, each once. */
export function metricsIn(text: string): string[] {
  return [...new Set(text.match(/\bcts_[a-z0-9_]+/g))].toSorted();
}

/** Names of the alerts, in the order of the file. */
export function alertsIn(rules: string): string[] {
  return [...rules.matchAll(/^ +- alert: (\w+)$/gm)].map(([, name = '']) => name);
}
