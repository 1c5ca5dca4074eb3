import { html, type Html } from './html.ts';

/** More lines than this scroll in a frame of their own. */
const TALL = 12;

/**
 * A table in a frame that scrolls by itself, by keyboard too. `name` is told to people who do not
 * see the page, so it is unique on the page.
 *
 * @see WCAG 2.2, 2.1.1 (keyboard); ARIA in HTML, `section` with a name is a region
 */
export const scroller = (name: string, table: Html, lines = 0): Html =>
  html`<section class="scroll${lines > TALL && html` tall`}" tabindex="0" aria-label="${name}">
    ${table}
  </section>`;
