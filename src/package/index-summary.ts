import type { Contents } from './contents.ts';
import type { PackageFacts } from './facts.ts';
import { html, type Html } from './html.ts';
import { filesIn, recordsIn, type Place } from './index-places.ts';
import { counted, dateWords, number } from './readable.ts';
import { identifierWords, systemWords } from './words.ts';
import { scroller } from './scroller.ts';

/** The first section: how much there is, which systems hold what, and how it was searched. */
export function summary({ files }: Contents, places: readonly Place[], facts: PackageFacts): Html {
  const { gaps } = facts;
  const records = places.reduce((sum, place) => sum + recordsIn(place), 0);
  const holding = places.filter(
    (place) => filesIn(place) > 0 && (recordsIn(place) > 0 || place.documents.length > 0),
  ).length;
  return html`<section id="summary" aria-labelledby="summary-title">
    <h2 id="summary-title">Summary</h2>
    <ul class="figures">
      ${figure(records, 'record')}${figure(files.length, 'file')}${figure(holding, 'place that holds data', 'places that hold data')}${figure(gaps.length, 'thing missing', 'things missing')}
    </ul>
    ${
      gaps.length > 0 &&
      html`<div class="card warn">
        <p>
          <strong>This answer is not complete.</strong> ${counted(gaps.length, 'thing')} could not
          be included. <a href="#missing">What is missing, why, and what you can do</a>
        </p>
      </div>`
    }
    ${holding === 0 && html`<div class="card"><p>${gaps.length === 0 ? 'Nothing was found under the details that you gave.' : 'This package holds no records. That does not say that none are held: see what is missing.'} Where was searched, and how, stands below.</p></div>`}
    ${places.length > 0 && holders(places)}
    ${places.some(({ tables }) => tables.length > 0) && SPREADSHEETS} ${request(facts)}
    ${searched(facts)}
    ${
      facts.notes.length > 0 &&
      html`<div class="card">
        <h3>Notes</h3>
        <ul>
          ${facts.notes.map((note) => html`<li>${note}</li>`)}
        </ul>
      </div>`
    }
  </section> `;
}

/**
 * What a spreadsheet does to a CSV by itself. @see reading of one CSV by LibreOffice 7.4, DuckDB
 * 2.0.1, pandas 3.1.1: zeros and long numbers are lost
 */
const SPREADSHEETS = html`<div class="card">
  <h3>If you open a table (CSV) in a spreadsheet</h3>
  <p>
    The spreadsheet may show a value otherwise than the file holds it: 01067 becomes 1067, and long
    numbers are rounded. An apostrophe before <code>=</code>, <code>+</code>, <code>-</code> or
    <code>@</code> is not part of your data: it keeps the spreadsheet from running the text as a
    formula. The file for programs (NDJSON) beside each table holds every value exactly.
  </p>
</div> `;

const figure = (count: number, one: string, many?: string) =>
  html`<li><b>${number(count)}</b>${counted(count, one, many).replace(/^\S+ /, '')}</li>`;
const fact = (term: string, words: string | undefined) =>
  words !== undefined &&
  html`<dt>${term}</dt>
    <dd>${words}</dd>`;

function holders(places: readonly Place[]): Html {
  const rows = places.map(
    (place) =>
      html`<tr>
        <th scope="row"><a href="#${place.id}">${place.title}</a></th>
        <td>${kinds(place)}</td>
        <td class="n">${number(recordsIn(place))}</td>
        <td class="n">${number(filesIn(place))}</td>
      </tr> `,
  );
  return html`<div class="card">
    ${scroller(
      'Who holds what',
      html`<table class="who">
        <caption>
          Who holds what about you
        </caption>
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">What</th>
            <th scope="col" class="n">Records</th>
            <th scope="col" class="n">Files</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`,
    )}
  </div>`;
}

function kinds(place: Place): string {
  const filled = place.tables.filter(({ records }) => records > 0).map(({ label }) => label);
  const words = [
    ...filled.slice(0, 5),
    ...(filled.length > 5 ? [counted(filled.length - 5, 'other table')] : []),
    ...(place.documents.length > 0 ? [counted(place.documents.length, 'document')] : []),
  ];
  if (words.length > 0) return words.join(', ');
  if (place.nothingHeld) return 'Holds nothing about you';
  return place.gaps.length > 0 ? 'Missing, see below' : 'No records';
}

function request({
  request: { requestId, type, lawTitle, receivedOn, answerBy, timeZone, controllerName },
  at,
}: PackageFacts): Html {
  return html`<div class="card">
    <div class="head"><h3>Your request</h3></div>
    <dl class="facts">
      ${fact('Number', requestId)}${fact('Right', type === 'access' ? 'Access to your personal data' : 'Portability of your personal data')}${fact('Law', lawTitle)}${fact('Asked of', controllerName)}${fact('Received', dateWords(receivedOn))}${fact('To be answered by', dateWords(answerBy))}${fact('This package made', dateWords(at, timeZone))}
    </dl>
  </div>`;
}

const OUTCOMES = {
  found: 'found',
  none: 'nothing found',
  withheld: 'searched; what was found is not shown',
} as const;

function searched({ lookups }: PackageFacts): Html | false {
  if (lookups.length === 0) return false;
  const rows = lookups.map(
    ({ identifier, dataSpace, ruleset, partyIds, outcome }) =>
      html`<tr>
        <th scope="row">${capital(identifierWords(identifier))}</th>
        <td>${dataSpace}${ruleset !== '' && html`, ${ruleset}`}</td>
        <td>
          ${outcome === 'found' ? `${counted(partyIds, 'profile')} found` : OUTCOMES[outcome]}
        </td>
      </tr> `,
  );
  return html`<div class="card">
    ${scroller(
      'How it was searched',
      html`<table>
        <caption>
          How ${systemWords('data-cloud')} was searched
        </caption>
        <thead>
          <tr>
            <th scope="col">By</th>
            <th scope="col">In the data space</th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`,
    )}
  </div>`;
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
