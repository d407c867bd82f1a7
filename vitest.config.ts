import swc from 'unplugin-swc';
import { defineConfig } from 'vitest/config';
import { swcOptions } from './config/swc.mjs';

const plugins = [swc.vite(swcOptions as Parameters<typeof swc.vite>[0])];

const shared = { environment: 'node', pool: 'forks' } as const;
const world = { globalSetup: ['test/support/world.setup.ts'], testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // Much of a fault test is waiting for the chain: on two cores a third worker has something to do.
    maxWorkers: 3,
    projects: [
      { plugins, test: { ...shared, name: 'unit', include: ['{src,config,migrations,test}/**/*.spec.ts'] } },
      {
        plugins,
        test: { ...shared, ...world, name: 'integration', include: ['test/integration/**/*.int-spec.ts'] },
      },
      { plugins, test: { ...shared, ...world, name: 'e2e', include: ['test/e2e/**/*.e2e-spec.ts'] } },
      {
        plugins,
        test: {
          ...shared,
          ...world,
          name: 'faults',
          include: ['test/faults/**/*.fault-spec.ts'],
          testTimeout: 180_000,
        },
      },
    ],
  },
});
