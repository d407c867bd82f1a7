/** The house rules that a machine can check; docs/architecture.md says why each exists. */
// A feature's plainly named file (`payout.ts`, not `payout.service.ts`) holds its pure rules.
const pureFiles = [
  '^src/common/(lamports|text|rate-limits|canonical-json|base58|errors|error-table|timestamps)\\.ts$',
  '^src/(commitments|releases|escrow|approvals|admin|audit|rate-limit|signed-messages|reconciliation|pumpfun|profiles|jobs|idempotency)/[a-z0-9-]+\\.ts$',
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-folder-cycles',
      comment: 'Two feature folders that need each other are one feature, or have a third between them.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'solana-only-in-chain-and-local',
      severity: 'error',
      from: { path: '^(src|config|migrations)/', pathNot: '^src/(chain|local)/' },
      to: { path: 'node_modules/@solana/' },
    },
    {
      name: 'pure-files-know-no-framework',
      severity: 'error',
      from: { path: pureFiles, pathNot: '\\.spec\\.ts$' },
      to: {
        path: 'node_modules/(@nestjs|typeorm|pg|fastify|@fastify|@solana|class-validator|class-transformer)/',
      },
    },
    {
      name: 'pure-files-do-no-io',
      severity: 'error',
      from: { path: pureFiles, pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'local-only-by-dynamic-import',
      comment: 'Production never loads the embedded world: its packages are not installed there.',
      severity: 'error',
      from: { path: '^(src|config|migrations)/', pathNot: '^src/local/' },
      to: { path: '^src/local/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'repositories-stay-home',
      comment: 'Another feature is reached through the service that its module exports.',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/[^/]+/.*\\.repository\\.ts$', pathNot: '^src/$1/' },
    },
    {
      name: 'no-dev-dependencies-in-production-code',
      severity: 'error',
      from: { path: '^(src|config|migrations)/', pathNot: ['^src/local/', '\\.spec\\.ts$', '\\.mjs$'] },
      to: { dependencyTypes: ['npm-dev', 'npm-optional'] },
    },
    {
      name: 'source-knows-no-tests',
      severity: 'error',
      from: { path: '^(src|config|migrations)/' },
      to: { path: '^test/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.spec\\.ts$', '^test/', '\\.d\\.ts$'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
    exclude: { path: '^(dist|coverage)/' },
  },
};
