/** Amounts, ages and lines as a person reads them. */

const LAMPORTS_PER_SOL = 1_000_000_000n;
const UNITS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** @param lamports an integer @returns exactly that: `1.5 SOL`, `0.000005 SOL` */
export function sol(lamports: number): string {
  const amount = BigInt(lamports);
  const [whole, rest] = [amount / LAMPORTS_PER_SOL, amount % LAMPORTS_PER_SOL];
  const digits = rest.toString().padStart(9, '0').replace(/0+$/, '');
  return `${whole}${digits === '' ? '' : `.${digits}`} SOL`;
}

/** `40 s`, `14 min`, `3 h`, `12 days`: never less than it is by more than half. */
export function age(from: string, now: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(from)) / 1_000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}

/** `15m`, `2h`, `90s`, `3d` or a number of seconds, in seconds; null for anything else. */
export function seconds(text: string): number | null {
  const [, count, unit = 's'] = /^(\d{1,8})([smhd]?)$/.exec(text) ?? [];
  if (count === undefined) return null;
  return Number(count) * UNITS[(unit === '' ? 's' : unit) as keyof typeof UNITS];
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** What others have written ends no line and moves no cursor of the terminal. */
export function oneLine(text: string): string {
  return text.replaceAll(/\p{C}+/gu, ' ').trim();
}
