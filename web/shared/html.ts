import htm from 'htm';
import { h, render, type VNode } from 'preact';

export { useCallback, useEffect, useRef, useState } from 'preact/hooks';
export type { ComponentChildren, VNode } from 'preact';

/** Preact's elements as template text: `html`<p>${name}</p>``. Values become text, never markup. */
export const html = htm.bind(h) as unknown as (strings: TemplateStringsArray, ...values: unknown[]) => VNode;

/** Shows a page in the element that its HTML has for it. */
export function mount(page: VNode): void {
  const root = document.getElementById('app');
  if (root === null) throw new Error('the page has no #app');
  render(page, root);
}
