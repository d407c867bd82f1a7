import '../shared/shared.css';
import './console.css';
import { html, mount } from '../shared/html.js';
import { App } from './app.js';

mount(html`<${App} />`);
