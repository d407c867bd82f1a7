import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';
import { describe, expect, it } from 'vitest';
import { DatabaseUnavailableError, isDatabaseOutage } from './database-errors.js';
import { DomainError } from '#src/common/errors/errors.js';

const failed = (driverError: Error) => new QueryFailedError('SELECT 1', [], driverError);
const withCode = (code: string, message = 'x') => Object.assign(new Error(message), { code });

describe('database outages', () => {
  it.each(['08006', '53300', '57014', '57P01', '57P03', '25006', 'ECONNREFUSED', 'ECONNRESET'])(
    'N4: %s from the driver is an outage',
    (code) => expect(isDatabaseOutage(failed(withCode(code)))).toBe(true),
  );

  it.each(['Query read timeout', 'Connection terminated unexpectedly'])(
    'N3: the driver saying "%s" is an outage',
    (message) => expect(isDatabaseOutage(failed(new Error(message)))).toBe(true),
  );

  it('N3: a connection that could not be had is an outage, whatever the reason', () => {
    expect(isDatabaseOutage(new DatabaseUnavailableError(new Error('boom')))).toBe(true);
  });

  it('N4: a connection that broke before it was asked is an outage, in a transaction or not', () => {
    expect(isDatabaseOutage(new QueryRunnerAlreadyReleasedError())).toBe(true);
    expect(isDatabaseOutage(new QueryRunnerProviderAlreadyReleasedError())).toBe(true);
  });

  it.each([
    new Error('Query read timeout'),
    new Error('timeout exceeded when trying to connect'),
    withCode('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:8899'),
    withCode('57014'),
    new DomainError('rpc_unavailable', 'timeout while asking the RPC endpoint'),
  ])('N4: %s, which no database said, is not an outage', (error) => {
    expect(isDatabaseOutage(error)).toBe(false);
  });

  it.each(['23505', '40001', '42P01', '22021', '08', 'EACCES'])('N4: %s is not an outage', (code) => {
    expect(isDatabaseOutage(failed(withCode(code, 'timeout')))).toBe(false);
  });
});
