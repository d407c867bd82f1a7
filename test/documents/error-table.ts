import { ERROR_TABLE } from '#src/common/errors/error-table.js';
import { table } from './blocks.js';

/** Every error code with its status and title. */
export function renderErrors(): Promise<string> {
  const rows = Object.entries(ERROR_TABLE)
    .map(([code, { status, title }]) => ({ code, status, title }))
    .toSorted((a, b) => a.status - b.status)
    .map(({ code, status, title }) => [`\`${code}\``, String(status), title]);
  return Promise.resolve(`# Error codes

Generated from \`src/common/errors/error-table.ts\` by \`npm run docs:generate\`.

Tell errors apart by \`code\`: it is stable. \`detail\` of the answer says what happened and what to do next. The API document lists the codes
of each route.

${table(['code', 'status', 'title'], rows)}
`);
}
