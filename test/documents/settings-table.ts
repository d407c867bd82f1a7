import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { getMetadataStorage } from 'class-validator';
import { Environment, SETTING_NAMES } from '#config/environment.js';
import { table } from './blocks.js';

interface Section {
  readonly title: string;
  readonly rows: string[][];
}

/** Every setting: its comment and default out of .env.example, its limits out of the class that validates it. */
export async function renderSettings(): Promise<string> {
  const sections = sectionsOf(await readFile('.env.example', 'utf8'));
  const parts = sections.map(
    ({ title, rows }) => `## ${title}\n\n${table(['setting', 'default', 'allowed', 'meaning'], rows)}`,
  );
  return `# Settings

Generated from \`.env.example\` and \`config/environment.ts\` by \`npm run docs:generate\`.

Set them as variables of the process, or in \`.env\` in the working directory. An empty value counts as unset. The service checks all of
them at start and reports every mistake at once. "Required in production" means \`NODE_ENV=production\`.

${parts.join('\n\n')}
`;
}

function sectionsOf(example: string): Section[] {
  const sections: Section[] = [];
  const limits = limitsOfSettings();
  let comment: string[] = [];
  let inNames = false;
  for (const line of example.split('\n')) {
    const [, title] = /^# --- (.+?) -+$/.exec(line) ?? [];
    const [, name = '', value = ''] = /^#?([A-Z][A-Z0-9_]+)=(.*)$/.exec(line) ?? [];
    if (title !== undefined) sections.push({ title, rows: [] });
    if (title !== undefined || (inNames && name === '')) comment = [];
    inNames = SETTING_NAMES.includes(name);
    if (inNames) {
      const shown = value === '' ? '-' : `\`${value}\``;
      sections.at(-1)?.rows.push([`\`${name}\``, shown, limits.get(name) ?? '', comment.join(' ')]);
    } else if (title === undefined && line.startsWith('# ')) comment.push(line.slice(2));
  }
  return sections;
}

/** What the validators of a setting say in short, such as `60 to 604800`. */
function limitsOfSettings(): Map<string, string> {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(Environment, '', false, false);
  const limits = new Map<string, string>();
  for (const name of SETTING_NAMES) {
    const own = metadata.filter(({ propertyName }) => propertyName === name);
    const constraint = (validator: string): unknown =>
      own.find((one) => one.name === validator)?.constraints?.[0];
    limits.set(name, limitText(constraint('min'), constraint('max'), constraint('isIn')));
  }
  return limits;
}

function limitText(min: unknown, max: unknown, values: unknown): string {
  if (Array.isArray(values)) return values.map((value) => `\`${String(value)}\``).join(', ');
  if (typeof min !== 'number') return '';
  return typeof max === 'number' ? `${min} to ${max}` : `at least ${min}`;
}
