/** The house rules that a machine can check; docs/architecture.md says why each exists. */
// A feature's plainly named file (`payout.ts`, not `payout.service.ts`) holds its pure rules.
const pureFiles = [
  '^src/common/(money|text)/[a-z0-9-]+\\.ts$',
  '^src/common/(rate-limits|errors/errors|errors/error-table)\\.ts$',
  '^src/(rate-limit|signed-messages|marks|jobs|idempotency|reconciliation|proofs)/[a-z0-9-]+\\.ts$',
  '^src/(commitments|releases|escrow|approvals|admin|audit|profiles|pumpfun)/[a-z-]+/[a-z0-9-]+\\.ts$',
  '^src/escrow/door/(facts|acts|evidence|checks)/[a-z0-9-]+\\.ts$',
];

// Rooms of a feature from the ground up: each imports only those before it, and none the files that stand above them all.
const rooms = {
  chain: ['port', 'rpc', 'endpoints', 'signing', 'tokens', 'pump', 'death', 'voices', 'history'],
  commitments: [
    'commitment',
    'milestones',
    'timeline',
    'tokens',
    'fee-routing',
    'records',
    'attestations',
    'creation',
  ],
  approvals: ['prices', 'weights', 'signals', 'unlocking'],
  escrow: ['escrows', 'fee-payer', 'privy', 'keys', 'door'],
  releases: [
    'payouts',
    'search',
    'pauses',
    'planning',
    'bookings',
    'landing',
    'history',
    'engine',
    'milestones',
    'failures',
    'distributions',
    'settlements',
    'recovery',
  ],
  admin: ['allowlist', 'sessions', 'acts', 'access', 'admins'],
  profiles: ['avatars', 'profile', 'projects'],
  pumpfun: ['claims', 'operations', 'collections', 'launches'],
  audit: ['journal', 'outbox', 'anchors', 'seals', 'search', 'log', 'webhook'],
};
function roomRule(feature, order, index) {
  const later = order.slice(index + 1).map((room) => `^src/${feature}/${room}/`);
  return {
    name: `room-${feature}-${order[index]}`,
    comment: `In src/${feature}: ${order.join(' < ')}; a room knows only those before it.`,
    severity: 'error',
    from: { path: `^src/${feature}/${order[index]}/` },
    to: { path: [...later, `^src/${feature}/[^/]+$`] },
  };
}

function listedRule(feature, order) {
  return {
    name: `rooms-of-${feature}-are-listed`,
    comment: 'A new room finds its place in the order above.',
    severity: 'error',
    from: { path: `^src/${feature}/[^/]+/`, pathNot: order.map((room) => `^src/${feature}/${room}/`) },
    to: {},
  };
}

const roomRules = Object.entries(rooms).flatMap(([feature, order]) =>
  order.map((_, index) => roomRule(feature, order, index)).concat(listedRule(feature, order)),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...roomRules,
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
      // isIP of node:net opens nothing.
      from: { path: pureFiles, pathNot: ['\\.spec\\.ts$', '/public-address\\.ts$'] },
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
      name: 'fakes-are-for-tests',
      comment: 'They stand beside their ports, and are not built.',
      severity: 'error',
      from: { pathNot: ['^test/', '\\.(spec|fake)\\.ts$'] },
      to: { path: '\\.fake\\.ts$' },
    },
    {
      name: 'source-knows-no-tests',
      severity: 'error',
      from: { path: '^(src|config|migrations)/' },
      to: { path: '^test/' },
    },
    {
      name: 'pages-know-the-client-alone',
      comment:
        'What runs in a browser speaks to the API as every client does, and holds nothing of the server.',
      severity: 'error',
      from: { path: '^web/' },
      to: { pathNot: '^(web/|clients/typescript/src/|node_modules/(preact|htm)/)' },
    },
    {
      name: 'pages-know-no-other-page',
      comment: 'What two pages need is in web/shared.',
      severity: 'error',
      from: { path: '^web/([^/]+)/' },
      to: { path: '^web/', pathNot: '^web/($1|shared)/' },
    },
    {
      name: 'source-knows-no-pages',
      severity: 'error',
      from: { path: '^(src|config|migrations|clients)/' },
      to: { path: '^web/' },
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
      conditionNames: ['cts-source', 'import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
    exclude: { path: '^(dist|coverage|clients/typescript/src/generated)/' },
  },
};
