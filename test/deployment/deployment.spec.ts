import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Environment, SETTING_NAMES } from '#config/environment.js';
import { VERSION } from '#config/version.js';
import { ENTRIES } from '../../config/service.mjs';
import { programPath, skipNote } from '../support/processes/system-programs.js';

const read = (path: string) => readFileSync(path, 'utf8');
const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ');
const compose = read('compose.yaml');
const manifests = read('deploy/kubernetes/commit-to-ship.yaml');
const UNITS = ['commit-to-ship.service', 'commit-to-ship-migrate.service'];
const units = UNITS.map((name) => read(join('deploy/systemd', name))).join('\n');
const proxy = read('deploy/proxy/haproxy.cfg');

const EXAMPLES = { 'compose.yaml': compose, 'deploy/kubernetes': manifests, 'deploy/systemd': units };
/** In which requests under way are finished after the delay: CLOSE_LIMIT_MS of src/main.ts. */
const CLOSE_SECONDS = Number(/CLOSE_LIMIT_MS = (\d+)_000/.exec(read('src/main.ts'))?.[1]);

/** All matches of the first group. */
function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found);
}

/** Names of the settings that an example hands over, `NAME_FILE` as NAME. */
function settingsIn(text: string): string[] {
  const written = all(
    text.replaceAll(/^ *#.*$/gm, ''),
    /(?:^ {4}|name: |Environment=|[\w%/]+ )([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)(?=[:,=])/gm,
  );
  return written.map((name) => name.replace(/_FILE$/, '')).filter((name) => !name.startsWith('POSTGRES_'));
}

describe('the Dockerfile', () => {
  const lines = dockerfile.split('\n');
  const of = (instruction: string) =>
    lines
      .filter((line) => line.startsWith(`${instruction} `))
      .map((line) => line.slice(instruction.length + 1));

  it('copies only what is there', () => {
    const sources = of('COPY')
      .filter((words) => !words.startsWith('--from'))
      .flatMap((words) => words.split(/\s+/).slice(0, -1))
      .filter((path) => !path.includes('*'));
    expect(sources.filter((path) => !existsSync(path))).toEqual([]);
    expect(sources).toContain('migrations');
  });

  it('starts a file that the build makes, without npm and without root', () => {
    const command = JSON.parse(of('CMD').at(-1) ?? '') as string[];
    expect(command).toEqual(['node', 'dist/src/main.js']);
    expect(of('USER')).toEqual(['node']);
    expect(of('STOPSIGNAL')).toEqual(['SIGTERM']);
    expect(dockerfile).toContain('/health/live');
  });

  it('keeps secrets, history and what this machine has built out of its context', () => {
    const ignored = read('.dockerignore').split('\n');
    expect(
      ['.git', '.env', '.env.*', 'secrets', 'dist', '**/node_modules'].filter(
        (one) => !ignored.includes(one),
      ),
    ).toEqual([]);
  });
});

describe('the examples', () => {
  it.each(Object.entries(EXAMPLES))('%s sets only settings that exist', (_, text) => {
    const names = settingsIn(text);
    expect(names.length).toBeGreaterThan(1);
    expect(names.filter((name) => ![...SETTING_NAMES, 'NODE_ENV'].includes(name))).toEqual([]);
  });

  it.each(Object.entries(EXAMPLES))('%s starts files that the build makes', (_, text) => {
    const built = all(text, /dist\/(src\/[\w/-]+)\.js/g);
    expect(built).toContain('src/cli/migrate');
    expect(built.filter((path) => !ENTRIES.includes(`${path}.ts`))).toEqual([]);
  });

  it.each([
    ['compose.yaml', compose, /stop_grace_period: 45s/g],
    ['deploy/kubernetes', manifests, /terminationGracePeriodSeconds: 45/g],
    ['deploy/systemd', units, /TimeoutStopSec=45/g],
  ])('%s waits longer than the delay and the requests under way', (_, text, grace) => {
    const [delay = new Environment().SHUTDOWN_DELAY_SECONDS] = all(
      text,
      /SHUTDOWN_DELAY_SECONDS, value: '(\d+)'/g,
    );
    expect(text.match(grace)).toHaveLength(1);
    expect(45).toBeGreaterThan(Number(delay) + CLOSE_SECONDS);
  });

  it('of Kubernetes names the image of this version', () => {
    expect(new Set(all(manifests, /image: \S+:(\S+)/g))).toEqual(new Set([VERSION]));
  });

  it('of compose hands over only secrets that it declares', () => {
    const declared = all(compose, /^ {2}(\w+): \{ file: \.\/secrets\/\w+ \}$/gm);
    expect(new Set(all(compose, /\/run\/secrets\/(\w+)/g))).toEqual(new Set(declared));
    const handed = all(compose, /secrets: \[(.*)\]/g).map((list) => list.split(', '));
    expect(new Set(handed.flat())).toEqual(new Set(declared));
    // The owner's password goes to the step that migrates, and to no replica.
    expect(handed.filter((list) => list.includes('database_migration_url'))).toHaveLength(1);
  });

  it('the proxy leads to the replicas of compose, by their readiness', () => {
    const replicas = all(proxy, /^ {2}server (\S+) \1:3000$/gm);
    expect(replicas.filter((name) => compose.includes(`\n  ${name}: *api`))).toEqual(['api-1', 'api-2']);
    expect(proxy).toContain('GET /health/ready');
  });
});

const haproxy = skipNote('haproxy');
const systemd = skipNote('systemd-analyze');

describe.skipIf(haproxy)(`HAProxy${haproxy}`, () => {
  it('accepts its configuration', () => {
    const checked = spawnSync(programPath('haproxy') ?? '', ['-c', '-f', 'deploy/proxy/haproxy.cfg'], {
      encoding: 'utf8',
    });
    expect(checked.status, checked.stderr).toBe(0);
  });
});

describe.skipIf(systemd)(`systemd${systemd}`, () => {
  it('finds nothing wrong with the units', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cts-unit-'));
    try {
      // Wherever this machine has its node: that it is there is no matter of the unit.
      const files = UNITS.map((name) => {
        const text = read(join('deploy/systemd', name)).replaceAll('/usr/bin/node', process.execPath);
        writeFileSync(join(folder, name), text);
        return join(folder, name);
      });
      const program = programPath('systemd-analyze') ?? '';
      const checked = spawnSync(program, ['verify', '--man=no', ...files], { encoding: 'utf8' });
      const about = checked.stderr.split('\n').filter((line) => line.includes('commit-to-ship'));
      expect([checked.status, about]).toEqual([0, []]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
