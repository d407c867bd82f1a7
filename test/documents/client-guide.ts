import { readFile } from 'node:fs/promises';
import type { Schema, Schemas } from '#src/common/openapi/schemas.js';
import { renderApiDocument } from './api-document.js';
import { table, withBlock } from './blocks.js';

/** A document that shows the flows which a test of the client runs. */
export async function withFlows(present: string): Promise<string> {
  let text = present;
  for (const name of ['personal', 'reward']) {
    const code = await readFile(`clients/typescript/examples/${name}.ts`, 'utf8');
    text = withBlock(text, `${name} flow`, `\`\`\`ts\n${code.trimEnd()}\n\`\`\``);
  }
  return text;
}

export async function renderClientGuide(present: string): Promise<string> {
  return withBlock(await withFlows(present), 'actions', await actions());
}

async function actions(): Promise<string> {
  const { components } = JSON.parse(await renderApiDocument()) as { components: { schemas: Schemas } };
  const { schemas } = components;
  const forms = schemas['SigningMessageRequest']?.oneOf ?? [];
  const rows = forms.flatMap(({ properties = {} }) => {
    const params = paramsOf(schemas, properties['params'] ?? {});
    return (properties['action']?.enum ?? []).map((action) => [`\`${String(action)}\``, params]);
  });
  return table(
    ['action', 'params; those with ? may be left out'],
    rows.toSorted(([a = ''], [b = '']) => a.localeCompare(b)),
  );
}

function paramsOf(schemas: Schemas, { $ref = '' }: Schema): string {
  const schema = schemas[$ref.replace('#/components/schemas/', '')] ?? {};
  if (schema.oneOf !== undefined) return schema.oneOf.map((form) => paramsOf(schemas, form)).join('; or ');
  const { properties = {}, required = [] } = schema;
  return Object.keys(properties)
    .map((name) => `\`${name}${required.includes(name) ? '' : '?'}\``)
    .join(', ');
}
