import { html } from '../shared/html.js';
import { plain } from '../shared/words.js';
import { hashOf } from './router.js';

export interface Field {
  readonly name: string;
  readonly label: string;
  /** Of a choice; a text otherwise. */
  readonly options?: readonly string[];
  readonly hint?: string;
}

/** What stands in a form's field. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

interface Props {
  readonly screen: string;
  readonly fields: readonly Field[];
  readonly query: Readonly<Record<string, string>>;
}

/** A search is a place: it can be sent to somebody, and the browser goes back to it. */
export function Search({ screen, fields, query }: Props) {
  const search = (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const values = fields.map(({ name }) => [name, textOf(given, name)] as const);
    const { id, ...others } = Object.fromEntries(values);
    location.hash =
      id === undefined || id === '' ? hashOf(screen, others) : hashOf(`${screen}/${encodeURIComponent(id)}`);
  };
  return html`<form class="search panel" role="search" onSubmit=${search}>
    ${fields.map(
      ({ name, label, options, hint }) =>
        html`<label
          >${label}
          ${
            options === undefined
              ? html`<input
                  name=${name}
                  value=${query[name] ?? ''}
                  placeholder=${hint ?? ''}
                  autocomplete="off"
                />`
              : html`<select name=${name}>
                  <option value="">any</option>
                  ${options.map(
                    (value) =>
                      html`<option value=${value} selected=${query[name] === value}>${plain(value)}</option>`,
                  )}
                </select>`
          }
        </label>`,
    )}
    <button type="submit" class="main">Search</button>
  </form>`;
}
