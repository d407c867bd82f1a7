import { AUDITED_ROUTES, EVENTS, QUIET_ROUTES } from '#src/common/audit-events.js';
import { table } from './blocks.js';

/** Every event of the audit log with what it says. */
export function renderEvents(): Promise<string> {
  const named = (events: Readonly<Record<string, string>>, ending = '') =>
    Object.entries(events).map(([name, says]) => [`\`${name}${ending}\``, says]);
  return Promise.resolve(`# Events in the audit log

Generated from \`src/common/audit-events.ts\` by \`npm run docs:generate\`.

## What payouts, jobs and rules do

${table(['event', 'written when'], named(EVENTS))}

## What requests do

Each of these has two more names. \`<name>_denied\` instead of \`<name>_ok\` says that the request was refused, \`<name>_error\` that it failed.
\`fields.code\` says why.

${table(['event', 'written when'], named(AUDITED_ROUTES, '_ok'))}

## Requests that leave a row only when they are refused or fail

Their events are \`<name>_denied\` and \`<name>_error\`: ${QUIET_ROUTES.map((name) => `\`${name}\``).join(', ')}.
`);
}
