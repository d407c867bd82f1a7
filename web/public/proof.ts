import { getProof, type ProofDto } from '#client';
import { api, explain, to } from '../shared/api.js';
import { html, useState } from '../shared/html.js';

/** One file with which a stranger checks this commitment without asking us. */
export function Proof({ id }: { readonly id: string }) {
  const [state, setState] = useState<'rest' | 'reading' | 'saved'>('rest');
  const [error, setError] = useState<string>();
  const download = async () => {
    setError(undefined);
    setState('reading');
    try {
      save(`proof-${id}.json`, JSON.stringify(await pagesOf(id)));
      setState('saved');
    } catch (failure) {
      setState('rest');
      setError(explain(failure));
    }
  };
  return html`<section class="panel" aria-labelledby="proof">
    <h2 id="proof">Check it yourself</h2>
    <p>
      The proof holds the signed terms, every decision and every payment. <code>verifier/verify.mjs</code> of
      the source checks it against the chain, without this service.
    </p>
    <button type="button" disabled=${state === 'reading'} onClick=${download}>Download the proof</button>
    <p role="status">${state === 'saved' ? 'The proof is saved.' : ''}</p>
    ${error !== undefined && html`<p class="error" role="alert">${error}</p>`}
  </section>`;
}

async function pagesOf(id: string): Promise<ProofDto[]> {
  const pages: ProofDto[] = [];
  for (let cursor: string | undefined; ;) {
    const query = cursor === undefined ? {} : { cursor };
    const page = await api.take(getProof({ ...to, path: { id }, query }));
    pages.push(page);
    if (page.nextCursor === null) return pages;
    cursor = page.nextCursor;
  }
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
