import { html, type Html } from './html.ts';

/** A table with more lines than this scrolls in a frame of its own. */
const TALL = 12;

/**
 * A table in a frame that scrolls by itself, by keyboard too. Screen readers read `name` aloud, so
 * it is unique on the page.
 *
 * @see WCAG 2.2, 2.1.1 (keyboard); ARIA in HTML, `section` with a name is a region
 */
export const scroller = (name: string, table: Html, lines = 0): Html =>
  html`<section class="scroll${lines > TALL && html` tall`}" tabindex="0" aria-label="${name}">
    ${table}
  </section>`;
