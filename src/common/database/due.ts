/**
 * SQL condition: a row is due at `$1`, the time of the process that asks. Nothing is put off for longer than a minute, so what is due
 * much later was written by a process whose clock was ahead, and is due as well.
 */
export const IS_DUE = `(next_run_at <= $1::timestamptz OR next_run_at > greatest($1::timestamptz, now()) + interval '5 minutes')`;
