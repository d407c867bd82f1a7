const LAMPORTS_PER_SOL = 1_000_000_000n;

/** 1500000000 is "1.5 SOL": exact, without trailing zeros. */
export function sol(lamports: number | bigint | null | undefined): string {
  if (lamports === null || lamports === undefined) return 'unknown';
  const amount = BigInt(lamports);
  const [sign, size] = amount < 0n ? ['−', -amount] : ['', amount];
  const fraction = String(size % LAMPORTS_PER_SOL)
    .padStart(9, '0')
    .replace(/0+$/, '');
  const whole = String(size / LAMPORTS_PER_SOL).replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`} SOL`;
}

/** How an address is shown where it only has to be recognized. */
export function short(address: string): string {
  return address.length > 12 ? `${address.slice(0, 4)}…${address.slice(-4)}` : address;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** "in 3 days", "2 hours ago". */
export function relative(time: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(time) - now) / 1_000);
  const size = Math.abs(seconds);
  const [unit, length] = UNITS.find(([, length]) => size >= length) ?? ['second', 1];
  const count = Math.floor(size / length);
  if (count === 0) return 'now';
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return seconds < 0 ? `${words} ago` : `in ${words}`;
}

/** A time as the person's own calendar and clock show it. */
export function moment(time: string): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** "payout_stopped" is "payout stopped". */
export function plain(name: string): string {
  return name.replaceAll('_', ' ');
}
