import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { databaseTls } from './data-source.js';
import { tlsProblems, withoutTls } from './url-tls.js';

const HOST = 'postgres://u:p%25@db.example.com:5432/cts';

function pem(): string {
  return execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      '/dev/null',
      '-subj',
      '/CN=ca',
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
}

describe('TLS of the database', () => {
  it('drops from the URL what would beat the settings', () => {
    const url = `${HOST}?sslmode=disable&ssl=true&sslrootcert=system&application_name=x&uselibpqcompat=true`;
    expect(withoutTls(url)).toBe(`${HOST}?application_name=x`);
  });

  it.each([
    ['', 'verify'],
    ['?sslmode=require', 'verify'],
    ['?sslmode=prefer', 'verify'],
    ['?sslmode=verify-full', 'verify'],
    ['?sslmode=no-verify', 'require'],
    ['?sslmode=disable', 'disable'],
    ['?ssl=false', 'disable'],
  ])('without DATABASE_SSL takes %j for %s', (query, mode) => {
    const tls = databaseTls({ DATABASE_URL: HOST + query });
    const found = tls === false ? 'disable' : tls.rejectUnauthorized ? 'verify' : 'require';
    expect(found).toBe(mode);
  });

  it.each([
    ['?sslmode=disable', 'verify'],
    ['?sslmode=disable', 'require'],
    ['?sslmode=require', 'disable'],
    ['?sslmode=verify-full', 'require'],
    ['?ssl=true', 'disable'],
  ] as const)('names %s beside DATABASE_SSL=%s', (query, DATABASE_SSL) => {
    const [problem] = tlsProblems({ DATABASE_URL: HOST + query, DATABASE_SSL });
    expect(problem).toContain('DATABASE_URL asks for');
    expect(problem).toContain(`DATABASE_SSL for ${DATABASE_SSL}`);
  });

  it('lets DATABASE_SSL ask for more than the URL', () => {
    expect(tlsProblems({ DATABASE_URL: `${HOST}?sslmode=require`, DATABASE_SSL: 'verify' })).toEqual([]);
  });

  it('names files and modes that are not read', () => {
    expect(tlsProblems({ DATABASE_URL: `${HOST}?sslrootcert=/ca.pem` }).join()).toContain('DATABASE_CA_CERT');
    expect(tlsProblems({ DATABASE_URL: `${HOST}?sslmode=verify` }).join()).toContain(
      'unknown sslmode: verify',
    );
  });

  it('reads the certificate before anything is started', () => {
    const good = pem();
    expect(tlsProblems({ DATABASE_CA_CERT: good + good })).toEqual([]);
    expect(tlsProblems({ DATABASE_CA_CERT: good.replace('M', 'N') })).toEqual([
      'DATABASE_CA_CERT has a certificate that cannot be read',
    ]);
    expect(tlsProblems({ DATABASE_CA_CERT: 'ca.pem' }).join()).toContain('must be a PEM certificate');
  });
});
