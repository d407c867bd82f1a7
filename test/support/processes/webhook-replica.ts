import 'reflect-metadata';
import { parseEnvironment } from '#config/environment.js';
import { createApp } from '#src/app.setup.js';
import { asAppRole } from '../sql.js';
import { WebhookDeliveries } from '#src/audit/webhook/webhook-deliveries.service.js';

// Sends what is due, until this process is killed. Arguments: database URL, URL of the receiver, its secret.
const [url = '', receiver = '', secret = ''] = process.argv.slice(2);
const app = await createApp(
  parseEnvironment({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: asAppRole(url),
    AUDIT_WEBHOOK_URL: receiver,
    AUDIT_WEBHOOK_SECRET: secret,
    SOLANA_RPC_URL: 'http://127.0.0.1:1',
    JOBS_ENABLED: 'false',
  }),
);
await app.init();
process.stdout.write('sending\n');
await app.get(WebhookDeliveries, { strict: false }).run();
process.stdout.write('ended\n');
