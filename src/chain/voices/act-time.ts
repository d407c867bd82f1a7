/** Within it a signed message is accepted, see signed-messages. */
const WINDOW_SECONDS = 300;

/**
 * When a signed act counts, in seconds.
 * @param chainSeconds null while the voices do not agree on a time
 * @param issuedSeconds its own word, checked against this server's clock when it was accepted
 */
export function actSeconds(chainSeconds: number | null, issuedSeconds: number): number {
  if (chainSeconds === null) return issuedSeconds;
  const late = chainSeconds - issuedSeconds;
  return late > 0 && late <= WINDOW_SECONDS ? issuedSeconds : chainSeconds;
}
