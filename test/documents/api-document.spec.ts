import { readFileSync } from 'node:fs';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describe, expect, it } from 'vitest';
import { ERROR_TABLE } from '#src/common/errors/error-table.js';
import { exampleOf, formsOf } from '#src/common/openapi/examples.js';
import { resolveSchema, type Schema, type Schemas } from '#src/common/openapi/schemas.js';
import { ACTIONS } from '#src/signed-messages/signed-message.js';
import { differences } from '../support/checks/openapi.js';

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}
interface Operation {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content & { readonly $ref?: string }>>;
  readonly 'x-error-codes': readonly string[];
}

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Schemas };
  readonly 'x-statuses': Readonly<Record<string, readonly string[]>>;
};
const { schemas } = document.components;
const operations = Object.values(document.paths).flatMap((item) => Object.values(item));

/** Schemas of the body and of the good answers of an operation. */
function jsonOf({ requestBody, responses }: Operation): Schema[] {
  const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  return [requestBody, ...good.map(([, answer]) => answer)].flatMap((one) => {
    const schema = one?.content?.['application/json']?.schema;
    return schema === undefined ? [] : [schema];
  });
}

const faultsOf = (schema: Schema, value: unknown) =>
  differences(document as unknown as OpenAPIObject, schema, value);

describe('docs/openapi.json', () => {
  it('gives every operation an id of its own that outlives a rename in the code', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids.filter((id) => !/^[a-z]+([A-Z][a-z]+)+$/.test(id) && id !== 'signIn')).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says of every operation whether somebody has to be signed in', () => {
    expect(operations.filter(({ security }) => security === undefined)).toEqual([]);
  });

  it('lets a client send a statement, and send none', () => {
    for (const name of ['PersonalCreationParams', 'RewardCreationParams'])
      expect(resolveSchema(schemas, schemas[name]?.properties?.['statement'] ?? {}).type).toEqual([
        'string',
        'null',
      ]);
  });

  it('is small enough to be read by a program, and by whoever looks over its shoulder', () => {
    expect(JSON.stringify(document).length).toBeLessThan(130_000);
  });

  it('says what is sent, and in which units', () => {
    const { amountLamports, destinationOnFail } = schemas['PersonalCreationParams']?.properties ?? {};
    expect(resolveSchema(schemas, amountLamports ?? {}).description).toMatch(/lamports|locks/i);
    expect(destinationOnFail?.$ref ?? destinationOnFail?.description).toBeDefined();
    expect(schemas['RewardTermsDto']?.properties?.['claimDelaySeconds']?.description).toContain('Seconds');
  });

  it('tells lamports from other integers, with their bounds', () => {
    expect(schemas['Lamports']).toMatchObject({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
    expect(schemas['PayoutDto']?.properties?.['amountLamports']?.$ref).toBe('#/components/schemas/Lamports');
  });

  it('tells a commitment by its kind', () => {
    expect(schemas['CommitmentDto']?.discriminator?.propertyName).toBe('kind');
    expect(schemas['PersonalCommitmentDto']?.required).toEqual(
      expect.arrayContaining(['kind', 'amountLamports', 'deadline']),
    );
    expect(schemas['RewardCommitmentDto']?.required).toEqual(
      expect.arrayContaining(['kind', 'tokenMint', 'token', 'milestones']),
    );
    expect(schemas['PersonalCommitmentDto']?.properties).not.toHaveProperty('milestones');
  });

  it('offers the actions that wallets can sign for, each with its params', () => {
    const forms = schemas['SigningMessageRequest']?.oneOf ?? [];
    const offered = forms.flatMap(({ properties }) => properties?.['action']?.enum ?? []);
    expect(offered.map(String).toSorted()).toEqual(ACTIONS.toSorted());
    for (const { properties } of forms) expect(properties?.['params']?.$ref).toMatch(/Params$/);
  });

  it('has an example of every body and every good answer that keeps its schema', () => {
    const all = operations.flatMap(jsonOf);
    expect(all.length).toBeGreaterThan(70);
    for (const schema of all)
      for (const { value } of [
        { value: exampleOf(schemas, schema) },
        ...Object.values(formsOf(schemas, schema)),
      ])
        expect(faultsOf(schema, value), JSON.stringify(value)).toEqual([]);
  });

  it('says once what every operation answers with when it fails', () => {
    const own = operations.flatMap(({ operationId, responses }) =>
      Object.keys(responses)
        .filter((status) => status >= '400' && status !== 'default')
        .map((status) => `${operationId} ${status}`),
    );
    // The report of what is wrong is an answer like the one that nothing is.
    expect(own).toEqual(['getReadiness 503']);
    const defaults = operations.map(({ responses }) => responses['default']?.$ref);
    expect(new Set(defaults)).toEqual(new Set(['#/components/responses/Problem']));
    const codes = operations.flatMap((operation) => operation['x-error-codes']);
    expect(codes.filter((code) => !(code in ERROR_TABLE))).toEqual([]);
    expect(codes).toContain('escrow_underfunded');
  });

  it('says which status a code has', () => {
    const statuses = Object.entries(document['x-statuses']);
    const said = statuses.flatMap(([status, codes]) => codes.map((code) => [code, Number(status)]));
    const known = Object.entries(ERROR_TABLE).map(([code, { status }]) => [code, status]);
    expect(new Map(said as [string, number][])).toEqual(new Map(known as [string, number][]));
  });
});
