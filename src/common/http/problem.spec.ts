import { ForbiddenException, HttpException, NotFoundException } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { DomainError, ValidationError } from '#src/common/errors/errors.js';
import { toFailure, toProblem } from './problem.js';

const problemOf = (error: unknown) => toProblem(toFailure(error), '/api/x?token=abc', 'request-1');
const pgError = (code: string, message = 'duplicate key (wallet)=(secret)') =>
  new QueryFailedError('INSERT', [], Object.assign(new Error(message), { code }));

describe('problems', () => {
  it('gives a domain error its status, title, detail and fields', () => {
    const error = new DomainError('escrow_underfunded', 'It holds too little.', { balanceLamports: 1 });
    expect(problemOf(error)).toEqual({
      type: 'urn:commit-to-ship:problem:escrow_underfunded',
      title: 'Escrow underfunded for this release',
      status: 422,
      detail: 'It holds too little.',
      instance: '/api/x',
      code: 'escrow_underfunded',
      requestId: 'request-1',
      balanceLamports: 1,
    });
  });

  it('lets no field take the place of a standard member', () => {
    expect(problemOf(new DomainError('not_found', 'x', { status: 200, code: 'ok' }))).toMatchObject({
      status: 404,
      code: 'not_found',
    });
  });

  it('lists the fields of a validation error', () => {
    const errors = [{ path: 'a.0.b', message: 'must be x' }];
    expect(problemOf(new ValidationError(errors))).toMatchObject({ status: 400, errors });
  });

  it('N4: calls a lost database by its name', () => {
    expect(problemOf(pgError('57P01'))).toMatchObject({
      status: 503,
      code: 'database_unavailable',
      title: 'Database connection failed',
    });
  });

  it.each([
    new DomainError('rpc_unavailable', 'timeout of the RPC endpoint'),
    new Error('timeout exceeded when trying to connect'),
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    pgError('23505', 'timeout'),
  ])('N4: does not call %s a database outage', (error) => {
    expect(problemOf(error).code).not.toBe('database_unavailable');
  });

  it.each([pgError('23505'), new TypeError('x of undefined at /srv/secret.js'), 'a string', null, undefined])(
    'answers %s as an internal error that tells nothing',
    (error) => {
      const problem = problemOf(error);
      expect(problem).toMatchObject({ status: 500, code: 'internal_error' });
      expect(JSON.stringify(problem)).not.toMatch(/secret|undefined|duplicate/);
    },
  );

  it('D5: answers a text that the database cannot store as a bad request', () => {
    expect(problemOf(pgError('22021', 'invalid byte sequence'))).toMatchObject({ status: 400 });
  });

  it.each([
    [new NotFoundException('Cannot GET /x'), 404, 'not_found'],
    [new ForbiddenException(), 403, 'access_rule_missing'],
    [new HttpException('x', 413), 413, 'payload_too_large'],
    [new HttpException('x', 415), 415, 'unsupported_media_type'],
    [new HttpException('x', 418), 400, 'bad_request'],
    [new HttpException('upstream said no', 502), 500, 'internal_error'],
    [Object.assign(new Error('aborted'), { statusCode: 400 }), 400, 'bad_request'],
  ])('answers %s of the framework with %i', (error, status, code) => {
    expect(problemOf(error)).toMatchObject({ status, code });
  });
});
