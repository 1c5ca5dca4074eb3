import { createHash } from 'node:crypto';
import type { Content, Contents } from './contents.ts';
import type { PackageFacts } from './facts.ts';
import { html, linkTo, raw, type Html } from './html.ts';
import { missing } from './index-missing.ts';
import { filesIn, placesOf, recordsIn, type Place } from './index-places.ts';
import { proof } from './index-proof.ts';
import { tableCard } from './index-records.ts';
import { STYLE } from './index-style.ts';
import { summary } from './index-summary.ts';
import { counted, dateWords, number, size } from './readable.ts';
import { firstRecords } from './table-preview.ts';
import { kindWords } from './words.ts';
import { scroller } from './scroller.ts';

/** The most records of one table that the page shows. */
const SHOWN = 50;
/**
 * The most records that the page shows in all, so that a browser opens it at once even for a large
 * package.
 */
const SHOWN_IN_ALL = 4000;
const POLICY =
  `default-src 'none'; style-src ` +
  `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; ` +
  `form-action 'none'`;

/**
 * `index.html`, piece by piece: what the package holds, for a browser without a network. It has no
 * script and loads nothing from outside; every value of a record is escaped.
 */
export async function* indexPage(
  contents: Contents,
  facts: PackageFacts,
  read: (path: string) => AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  const places = placesOf(contents, facts);
  const tables = places.reduce((sum, place) => sum + place.tables.length, 0);
  const limit = Math.min(SHOWN, Math.floor(SHOWN_IN_ALL / Math.max(tables, 1)));
  yield top(facts).html;
  yield contentsList(places, facts).html;
  yield html`<main id="content">${summary(contents, places, facts)}${missing(contents, facts)}`
    .html;
  for (const place of places) {
    yield placeHead(place).html;
    for (const table of place.tables) {
      if (table.records === 0) continue;
      const records =
        table.ndjson && limit > 0 ? await firstRecords(read(table.ndjson.path), limit) : undefined;
      yield tableCard(table, limit > 0 ? records : []).html;
    }
    yield placeEnd(place).html;
  }
  yield html`${proof(contents, facts)}<footer><p>Made on ${dateWords(facts.at, facts.request.timeZone)} by Dossier. This page works without the internet; nothing in it is sent anywhere.</p></footer></main></div></body></html>
`.html;
}

function top({ request, at, supplement }: PackageFacts): Html {
  const from = request.controllerName;
  const title =
    supplement === undefined
      ? 'Your personal data'
      : `Your personal data, supplement ${supplement}`;
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title} · ${request.requestId}</title>
        ${raw(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <div class="page">
          <header class="top">
            <p class="eyebrow">${from ?? 'Answer to your request'}</p>
            <h1>${title}</h1>
            <p class="lead">
              ${request.subjectName !== undefined && `${request.subjectName}, on `}${request.subjectName === undefined && 'On '}${dateWords(request.receivedOn)}
              you asked ${from ?? 'us'} for
              ${request.type === 'access' ? 'a copy of the personal data held about you' : 'your personal data in a form that you can take elsewhere'}.
              ${supplement === undefined ? 'This is the answer, made' : 'This completes the earlier answer; it was made'}
              on ${dateWords(at, request.timeZone)}: what was found, where it was found, and what is
              missing and why. <a class="to-contents" href="#contents">List of contents</a>
            </p>
          </header>
     `;
}

const item = (id: string, words: string, count?: number) =>
  html`<li>
    <a href="#${id}"
      ><span>${words}</span
      >${count !== undefined && html`<span class="count">${number(count)}</span>`}</a
    >
  </li> `;
const list = (words: string, items: readonly Html[]) =>
  items.length > 0 &&
  html`<h2>${words}</h2>
    <ul>
      ${items}
    </ul>`;

function contentsList(places: readonly Place[], { gaps }: PackageFacts): Html {
  const entry = (place: Place) =>
    item(place.id, place.title, recordsIn(place) > 0 ? recordsIn(place) : undefined);
  const profiles = places.filter(
    ({ profile, id }) => profile !== undefined || id.startsWith('profile-'),
  );
  const systems = places.filter((place) => !profiles.includes(place));
  return html`<nav id="contents" aria-label="Contents">
    ${list('This package', [item('summary', 'Summary'), item('missing', 'What is missing', gaps.length)])}${list('Profiles', profiles.map(entry))}${list('Other systems', systems.map(entry))}${list('Evidence', [item('receipts', 'Receipts'), item('verify', 'Check this package')])}
  </nav> `;
}

function placeHead(place: Place): Html {
  const { id, title, about, profile, gaps } = place;
  const keys =
    profile?.partyId !== undefined &&
    html`<span class="soft small"
      >Party ID
      <code>${profile.partyId}</code
      >${profile.keyQualifier !== undefined && profile.keyQualifier !== '' && html`, key qualifier <code>${profile.keyQualifier}</code>`}</span
    >`;
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${(about !== '' || filesIn(place) > 0) && html`<p class="soft">${about !== '' && html`${about}. `}${amount(place)}${keys}</p>`}
    ${gaps.length > 0 && html`<p class="note">Something is missing here: see <a href="#missing">What is missing and why</a>.</p>`}
    ${place.nothingHeld && html`<p>This system answered that it holds nothing about you.</p>`}${place.remarks.map((remark) => html`<p class="soft">${remark}</p>`)}
   `;
}

function amount(place: Place): string {
  if (filesIn(place) === 0) return '';
  return `${place.tables.length > 0 ? `${counted(recordsIn(place), 'record')} in ${counted(place.tables.length, 'table')}, ` : ''}${counted(filesIn(place), 'file')}. `;
}

function placeEnd({ title, tables, documents }: Place): Html {
  const empty = tables.filter(({ records }) => records === 0);
  return html`${documents.length > 0 && documentsCard(title, documents)}${empty.length > 0 && html`<p class="soft small">Searched, and nothing found: ${empty.map(({ label }) => label).join(', ')}.</p>`}</section>
`;
}

function documentsCard(title: string, documents: readonly Content[]): Html {
  const rows = documents.map(
    ({ path, mediaType, bytes, receipt }) =>
      html`<tr>
        <th scope="row"><a href="${linkTo(path)}">${path.split('/').at(-1)}</a></th>
        <td>${kindWords(mediaType)}</td>
        <td>${dateWords(receipt.at)}</td>
        <td class="n">${size(bytes)}</td>
      </tr> `,
  );
  return html`<article class="card">
    ${scroller(
      `Files of ${title}`,
      html`<table>
        <caption>
          Files, as they were handed over
        </caption>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Kind</th>
            <th scope="col">Received</th>
            <th scope="col" class="n">Size</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`,
    )}
  </article> `;
}
