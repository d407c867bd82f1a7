import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AuditSealer } from '#src/audit/seals/audit-sealer.service.js';
import type { AppWorld } from '../worlds/app-world.js';

const VERIFIER = fileURLToPath(new URL('../../../verifier/verify.mjs', import.meta.url));

/** A page as JSON: nothing of it is believed here. */
export type ProofPage = Record<string, unknown> & { readonly nextCursor: string | null };

/** All pages, once everything is sealed. */
export async function proofOf(world: AppWorld, commitmentId: string, limit = 200): Promise<ProofPage[]> {
  await world.app.get(AuditSealer).run();
  const pages: ProofPage[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = `limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const { body } = await world.client().get<ProofPage>(`/commitments/${commitmentId}/proof?${query}`);
    pages.push(body);
    cursor = body.nextCursor;
  }
  return pages;
}

type Step = string | number;

/** The way to every text, number and boolean in it. */
export function leavesOf(value: unknown, way: readonly Step[] = []): (readonly Step[])[] {
  if (value === null || typeof value !== 'object') return value === null ? [] : [way];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...way, key]));
}

/** A copy in which one character of one leaf is another one. */
export function withOneByteChanged<T>(value: T, way: readonly Step[], at: number): T {
  const copy = structuredClone(value);
  let holder = copy as Record<Step, unknown>;
  for (const step of way.slice(0, -1)) holder = holder[step] as Record<Step, unknown>;
  const last = way.at(-1) ?? '';
  holder[last] = changed(holder[last], at);
  return copy;
}

function changed(leaf: unknown, at: number): unknown {
  if (typeof leaf === 'number') return leaf + 1 + (at % 9);
  if (typeof leaf !== 'string') return leaf !== true;
  const place = at % Math.max(leaf.length, 1);
  const other = leaf[place] === 'a' ? 'b' : 'a';
  return `${leaf.slice(0, place)}${other}${leaf.slice(place + 1)}`;
}

export interface Verdict {
  readonly code: number;
  /** What was refused or not known, and the last line. */
  readonly said: string;
}

/** What the real file says of a proof, as its own process and without anything of ours. */
export async function verifierSays(pages: readonly ProofPage[], ...options: string[]): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'cts-proof-'));
  const file = join(folder, 'proof.json');
  await writeFile(file, JSON.stringify(pages));
  return new Promise((resolve) => {
    execFile(process.execPath, [VERIFIER, file, ...options], (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : 0;
      const said = `${stdout}${stderr}`.split('\n').filter((line) => !line.startsWith('ok '));
      resolve({ code, said: said.join('\n').trim() });
    });
  });
}
