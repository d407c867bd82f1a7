import { X509Certificate } from 'node:crypto';

export type TlsMode = 'verify' | 'require' | 'disable';

interface TlsFacts {
  readonly DATABASE_URL?: string;
  readonly DATABASE_SSL?: TlsMode;
  readonly DATABASE_CA_CERT?: string;
}

// The driver would let each of these beat DATABASE_SSL and DATABASE_CA_CERT without a word.
const FILES = ['sslrootcert', 'sslcert', 'sslkey'];
const DROPPED = [...FILES, 'sslmode', 'ssl', 'sslnegotiation', 'uselibpqcompat'];

const MODES: Readonly<Record<string, TlsMode>> = {
  disable: 'disable',
  'no-verify': 'require',
  // These promise less than this service asks of a remote host; a URL alone does not weaken it.
  allow: 'verify',
  prefer: 'verify',
  require: 'verify',
  'verify-ca': 'verify',
  'verify-full': 'verify',
};

/** The URL without what it says of TLS, which `urlTlsMode` has read. */
export function withoutTls(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  for (const name of DROPPED) url.searchParams.delete(name);
  return url.href;
}

/** What the URL asks for; undefined when it says nothing, or nothing known. */
export function urlTlsMode(databaseUrl: string): TlsMode | undefined {
  const { searchParams } = new URL(databaseUrl);
  const ssl = searchParams.get('ssl');
  if (ssl === 'false' || ssl === '0') return 'disable';
  if (ssl !== null) return 'verify';
  return MODES[searchParams.get('sslmode') ?? ''];
}

/** Where DATABASE_URL and the settings of TLS contradict each other. One line a problem. */
export function tlsProblems({ DATABASE_URL, DATABASE_SSL, DATABASE_CA_CERT }: TlsFacts): string[] {
  const problems = certificateProblems(DATABASE_CA_CERT);
  if (typeof DATABASE_URL !== 'string' || !URL.canParse(DATABASE_URL)) return problems;
  const { searchParams } = new URL(DATABASE_URL);
  for (const name of FILES.filter((file) => (searchParams.get(file) ?? 'system') !== 'system')) {
    problems.push(
      `DATABASE_URL has ${name}, which is not read: put the certificate authority into DATABASE_CA_CERT or DATABASE_CA_CERT_FILE`,
    );
  }
  const sslmode = searchParams.get('sslmode');
  if (sslmode !== null && !(sslmode in MODES))
    problems.push(`DATABASE_URL has an unknown sslmode: ${sslmode}`);
  const asked = urlTlsMode(DATABASE_URL);
  if (DATABASE_SSL !== undefined && asked !== undefined && contradicts(sslmode, asked, DATABASE_SSL)) {
    problems.push(
      `DATABASE_URL asks for ${sslmode === null ? 'ssl' : `sslmode=${sslmode}`} and DATABASE_SSL for ${DATABASE_SSL}: take one of them away`,
    );
  }
  return problems;
}

/** A stricter DATABASE_SSL is no contradiction: the URL asked for no less. */
function contradicts(sslmode: string | null, asked: TlsMode, given: TlsMode): boolean {
  if ((asked === 'disable') !== (given === 'disable')) return true;
  return given === 'require' && (sslmode === 'verify-ca' || sslmode === 'verify-full');
}

function certificateProblems(pem: string | undefined): string[] {
  if (pem === undefined) return [];
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) return ['DATABASE_CA_CERT must be a PEM certificate, from BEGIN to END'];
  return blocks.every(isCertificate) ? [] : ['DATABASE_CA_CERT has a certificate that cannot be read'];
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}
