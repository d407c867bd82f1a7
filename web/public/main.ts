import '../shared/shared.css';
import { html, mount } from '../shared/html.js';

mount(html`<main><h1>Commit To Ship</h1></main>`);
