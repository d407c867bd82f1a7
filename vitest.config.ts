import swc from 'unplugin-swc';
import { defineConfig } from 'vitest/config';

// SWC keeps decorator metadata, which Nest's dependency injection and class-validator need.
const plugins = [
  swc.vite({
    module: { type: 'es6' },
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
      keepClassNames: true,
    },
  }),
];

const shared = { environment: 'node', pool: 'forks' } as const;
const world = { globalSetup: ['test/support/world.setup.ts'], testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
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
