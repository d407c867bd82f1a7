import { QueryFailedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { runInContext } from '#src/common/request-context.js';
import { createLogger, NestLogger } from './logger.js';

function capture(work: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  work(createLogger('info', { write: (line: string) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log', () => {
  it('never shows credentials, wherever a call puts them', () => {
    const headers = { cookie: 'C1', authorization: 'C2', 'x-cron-secret': 'C3', 'set-cookie': 'C4' };
    const text = JSON.stringify(
      capture((logger) => {
        logger.info({ headers, req: { headers, body: { signature: 'C5', wallet: 'shown' } } });
        logger.info({ body: { signature: 'C6' }, secret: 'C7', key: { secretKey: 'C8', privateKey: 'C9' } });
        logger.info({ ...headers, password: 'C0' });
        logger.info({ headers: { 'x-api-key': 'C1' }, privy: { appSecret: 'C2' }, feePayer: { seed: 'C3' } });
        logger.info({ options: { walletApi: { authorizationPrivateKey: 'C4' } } });
      }),
    );
    expect(text).not.toMatch(/C\d/);
    expect(text).toContain('shown');
  });

  it('shows of a failed statement its error, not its parameters', () => {
    const driverError = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (a)=(C1)' });
    const [line] = capture((logger) =>
      logger.error({ err: new QueryFailedError('INSERT', ['C2'], driverError) }, 'failed'),
    );
    expect(JSON.stringify(line)).not.toMatch(/C\d/);
    expect(line).toMatchObject({ level: 'error', msg: 'failed', err: { code: '23505' } });
  });

  it('names the request and the actor of what is running', () => {
    const [line] = capture((logger) =>
      runInContext({ requestId: 'r1', actor: 'wallet1' }, () => logger.info('x')),
    );
    expect(line).toMatchObject({ requestId: 'r1', actor: 'wallet1' });
  });

  it('takes what Nest code says, with its error, fields and place', () => {
    const lines = capture((logger) => {
      const nest = new NestLogger(logger);
      nest.log({ msg: 'paid', payoutId: 'p1' }, 'PayoutDriver');
      nest.error('lost', new Error('why'), 'PayoutDriver');
      nest.error('lost', 'a stack', 'PayoutDriver');
      nest.log('Mapped {/x, GET}', 'RouterExplorer');
    });
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatchObject({ level: 'info', msg: 'paid', payoutId: 'p1', context: 'PayoutDriver' });
    expect(lines[1]).toMatchObject({ level: 'error', msg: 'lost', err: { message: 'why' } });
    expect(lines[2]).toMatchObject({ msg: 'lost', stack: 'a stack' });
  });
});
