import { Transform } from 'class-transformer';

/** Settings are texts: these make numbers, booleans and lists of them, and leave what is none to the validators. */
export const toInteger = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : value,
);
export const toBoolean = Transform(({ value }: { value: unknown }) => {
  if (typeof value !== 'string') return value;
  if (['true', '1', 'yes'].includes(value.toLowerCase())) return true;
  return ['false', '0', 'no'].includes(value.toLowerCase()) ? false : value;
});
export const toList = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '')
    : value,
);
