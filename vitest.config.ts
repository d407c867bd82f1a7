import swc from 'unplugin-swc';
import { defineConfig } from 'vitest/config';
import { swcOptions } from './config/swc.mjs';
import { RunRecorder } from './test/runner/run-record.js';
import { SlowestFirst } from './test/runner/slowest-first.js';

const plugins = [swc.vite(swcOptions as Parameters<typeof swc.vite>[0])];

// By its own name the client means its sources here (clients/typescript/package.json).
const conditions = ['cts-source', 'module', 'node', 'development|production'];
const base = { plugins, resolve: { conditions }, ssr: { resolve: { conditions } } };

// All time limits of the tests, only to end what hangs: a test waits for states, however long a busy machine takes. A wait
// ends before its test does, so that the failure names the state that never came.
const PATIENCE_MS = 240_000;
const limits = {
  testTimeout: 600_000,
  hookTimeout: 600_000,
  provide: { patienceMs: PATIENCE_MS },
  expect: { poll: { timeout: PATIENCE_MS, interval: 50 } },
};
// Files of a project share their workers' modules: loading the application for each of them cost more than half of the whole.
// So a test leaves no trace in module state, process.env or process listeners (docs/testing.md).
const shared = { environment: 'node', pool: 'forks', isolate: false, ...limits } as const;
const world = {
  globalSetup: ['test/support/worlds/world.setup.ts'],
  setupFiles: ['test/support/worlds/report.setup.ts'],
};

const benches = {
  ...base,
  test: { ...shared, ...world, name: 'bench', include: ['test/bench/**/*.bench-spec.ts'] },
};

export default defineConfig({
  test: {
    // Much of a fault test is waiting for the chain: on two cores two more workers have something to do.
    maxWorkers: 4,
    sequence: { sequencer: SlowestFirst },
    reporters: ['default', new RunRecorder()],
    projects: [
      { ...base, test: { ...shared, name: 'unit', include: ['{src,config,migrations,test}/**/*.spec.ts'] } },
      {
        ...base,
        test: { ...shared, ...world, name: 'integration', include: ['test/integration/**/*.int-spec.ts'] },
      },
      { ...base, test: { ...shared, ...world, name: 'e2e', include: ['test/e2e/**/*.e2e-spec.ts'] } },
      {
        ...base,
        test: {
          ...shared,
          ...world,
          name: 'faults',
          include: ['test/faults/**/*.fault-spec.ts'],
        },
      },
      // They measure and hold nothing, so no run of the tests takes them along.
      ...(process.env['CTS_BENCH'] === undefined ? [] : [benches]),
    ],
  },
});
