import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import { sqlState } from '#src/common/database/transactions.js';
import { currentContext } from '#src/common/request-context.js';

const SECRETS = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  '["x-cron-secret"]',
  '["x-api-key"]',
  'password',
  'secret',
  'secretKey',
  'privateKey',
  'authorizationPrivateKey',
  'appSecret',
  'seed',
  'sessionId',
  'nonce',
];

/** Members that never reach the log, at any of the depths that our own log calls use. */
const REDACTED = [
  ...SECRETS.flatMap((name) => {
    const member = name.startsWith('[') ? name : `.${name}`;
    return [name, `*${member}`, `*.*${member}`];
  }),
  'body.signature',
  '*.body.signature',
];

// Chatter of the framework at every start.
const QUIET_CONTEXTS = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory']);

/** JSON lines with the request id and the actor of whatever is running; to stdout unless told otherwise. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACTED, censor: '[redacted]' },
    serializers: { err: describeError },
    mixin: contextFields,
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function contextFields(): object {
  const context = currentContext();
  if (context === undefined) return {};
  const { requestId, actor } = context;
  return actor === undefined ? { requestId } : { requestId, actor };
}

/** Of an error only what is known to be harmless: a failed statement's parameters can be anything. */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const state = sqlState(error);
  return {
    type: error.name,
    message: error.message,
    ...(state === undefined ? {} : { code: state }),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/**
 * Nest's logger over pino. `new Logger(Name.name).warn('text')` and `.error('text', error)` work as everywhere in Nest;
 * an object as the message gives fields: `.log({ msg: 'text', payoutId })`.
 */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const context = typeof rest.at(-1) === 'string' ? (rest.at(-1) as string) : undefined;
    const extras = context === undefined ? rest : rest.slice(0, -1);
    const quiet = level === 'info' && context !== undefined && QUIET_CONTEXTS.has(context);
    const { text, fields } = toLine(message, extras);
    this.logger[quiet ? 'debug' : level]({ ...(context === undefined ? {} : { context }), ...fields }, text);
  }
}

function toLine(message: unknown, extras: readonly unknown[]): { text: string; fields: object } {
  const error = [message, ...extras].find((item) => item instanceof Error);
  const stack = extras.find((item) => typeof item === 'string');
  const fields = { ...(error ? { err: error } : {}), ...(stack === undefined ? {} : { stack }) };
  if (message instanceof Error) return { text: message.message, fields };
  if (typeof message === 'object' && message !== null) {
    const { msg, ...own } = message as { msg?: unknown };
    return { text: typeof msg === 'string' ? msg : '', fields: { ...own, ...fields } };
  }
  return { text: String(message), fields };
}
