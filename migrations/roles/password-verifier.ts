import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

const ROUNDS = 4_096;
const KEY_BYTES = 32;

/**
 * What PostgreSQL stores of a password (RFC 5803), made here, so that the password stands in no statement and no server log.
 * @param salt 16 random bytes
 */
export function passwordVerifier(password: string, salt: Uint8Array): string {
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, ROUNDS, KEY_BYTES, 'sha256');
  const keyed = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(keyed('Client Key')).digest('base64');
  const serverKey = keyed('Server Key').toString('base64');
  return `SCRAM-SHA-256$${ROUNDS}:${Buffer.from(salt).toString('base64')}$${storedKey}:${serverKey}`;
}
