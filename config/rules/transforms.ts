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
  typeof value === 'string' ? commaSeparated(value) : value,
);
/** Like `toList`, or a JSON array of strings: for items that contain a comma, or white space at their ends. */
export const toSecretList = Transform(({ value }: { value: unknown }) => {
  if (typeof value !== 'string') return value;
  return value.trim().startsWith('[') ? parsedJson(value) : commaSeparated(value);
});

/** Certificates in one variable often have their line breaks written out. */
export const toPem = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.replaceAll(String.raw`\r`, '').replaceAll(String.raw`\n`, '\n') : value,
);

function commaSeparated(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
