import '../shared/shared.css';
import './public.css';
import { html, mount } from '../shared/html.js';
import { CommitmentPage } from './commitment-page.js';
import { NewPage } from './new-page.js';

const [, id] = /^\/c\/([0-9A-Fa-f-]{36})\/?$/.exec(location.pathname) ?? [];

mount(id === undefined ? html`<${NewPage} />` : html`<${CommitmentPage} id=${id.toLowerCase()} />`);
