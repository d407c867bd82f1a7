import { renderApiDocument } from './api-document.js';
import { withBlock } from './blocks.js';
import { renderClientGuide, withFlows } from './client-guide.js';
import { renderErrors } from './error-table.js';
import { renderEvents } from './event-table.js';
import { renderFailureTests } from './failure-tests.js';
import { renderOpsStatus } from './ops-status.js';
import { renderSettings } from './settings-table.js';

/** A file that is generated whole, or in which one marked block is. */
export interface GeneratedDocument {
  /** From the top of the repository. */
  readonly path: string;
  /** @param present the file as it is; empty where there is none */
  readonly render: (present: string) => Promise<string>;
}

/** All generated documents. A new one is one line here. */
export const DOCUMENTS: readonly GeneratedDocument[] = [
  { path: 'docs/openapi.json', render: renderApiDocument },
  { path: 'docs/client-guide.md', render: renderClientGuide },
  { path: 'clients/typescript/README.md', render: withFlows },
  { path: 'docs/errors.md', render: renderErrors },
  { path: 'docs/events.md', render: renderEvents },
  { path: 'docs/settings.md', render: renderSettings },
  { path: 'docs/ops-status.md', render: renderOpsStatus },
  {
    path: 'docs/failures.md',
    render: async (present) => withBlock(present, 'failure tests', await renderFailureTests(present)),
  },
];
