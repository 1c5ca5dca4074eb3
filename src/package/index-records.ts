import { isLosslessNumber } from 'lossless-json';
import type { FieldDescription } from '../contract/receipt.ts';
import { stemOf } from './contents.ts';
import { html, linkTo, type Html } from './html.ts';
import type { Table } from './index-places.ts';
import { counted, isEmpty, number, value } from './readable.ts';
import { scroller } from './scroller.ts';
import type { Preview } from './table-preview.ts';

/** A table with up to so many columns is shown line by line; a wider one, record by record. */
const NARROW = 6;
/** So many wide records are listed at once. */
const FOLDED = 10;
/** Columns that programs need and people do not: the origin of a value, keys of keys. */
const TECHNICAL =
  /^(?:ssot__|std__)?KQ_|KeyQualifier|DataSource|SourceObject|InternalOrganization|^cdp_sys_|^SystemModstamp$|^attributes$|_?RecordVersion/i;

/** Columns of keys: they come last, because they say least to a person. */
const IDENTIFIER = /Id(?:__c)?$|^Party(?:__c)?$/;
/** Values up to so many characters stay on one line. */
const SHORT = 24;

type Record = Readonly<globalThis.Record<string, unknown>>;
interface Columns {
  readonly plain: readonly FieldDescription[];
  readonly technical: readonly FieldDescription[];
  readonly empty: number;
}

/** One table as a card: what it is, where its files are, its first records. */
export function tableCard(table: Table, preview: Preview): Html {
  const { label, name, records, ndjson, csv, inferred } = table;
  return html`<article class="card">
    <div class="head">
      <div>
        <h3>${label}</h3>
        <span class="soft small"
          >${counted(records, 'record')}${name !== label && html` · <code>${name}</code>`}</span
        >${inferred && html`<p class="soft small"><strong>Inferences:</strong> a program concluded these about you; you did not give them.</p>`}
      </div>
      <p class="files">
        ${csv && html`<a href="${linkTo(csv.path)}">All as a table (CSV)</a>`}${ndjson && html`<a href="${linkTo(ndjson.path)}">All for programs (NDJSON)</a>`}
      </p>
    </div>
    ${shown(table, preview)}
  </article> `;
}

function shown(table: Table, preview: Preview): Html {
  if (preview === undefined) {
    return html`<p class="soft">These records cannot be shown here; open the file.</p>`;
  }
  if (preview.length === 0) {
    return html`<p class="soft">
      The records are in the file${table.csv && table.ndjson ? 's' : ''}.
    </p>`;
  }
  const columns = columnsOf(table, preview);
  const [first] = preview;
  if (preview.length === 1 && first) {
    return html`${one(first, columns)}${notAll(table, preview, columns)}`;
  }
  return columns.plain.length <= NARROW
    ? grid(table, preview, columns)
    : list(table, preview, columns);
}

function columnsOf({ fields }: Table, records: readonly Record[]): Columns {
  const known = new Set(fields.map(({ name }) => name));
  const unknown = [...new Set(records.flatMap((record) => Object.keys(record)))].filter(
    (name) => !known.has(name),
  );
  const all = [...fields, ...unknown.map((name) => ({ name, label: name, type: '' }))];
  const filled = all.filter(({ name }) => records.some((record) => !isEmpty(record[name])));
  const technical = filled.filter(({ name }) => TECHNICAL.test(name));
  const rest = filled.filter((field) => !technical.includes(field));
  const keys = rest.filter(
    ({ name, label }) =>
      IDENTIFIER.test(name) &&
      !/code|number/i.test(label) &&
      records.every((record) => isEmpty(record[name]) || looksLikeKey(record[name])),
  );
  const plain = [...rest.filter((field) => !keys.includes(field)), ...keys];
  return {
    ...(plain.length === 0 ? { plain: technical, technical: [] } : { plain, technical }),
    empty: all.length - filled.length,
  };
}

/** A column that is named after a key may hold a country or an action instead. */
const looksLikeKey = (given: unknown) =>
  typeof given !== 'string' || (/\d/.test(given) && !/\s/.test(given));

/** What the file holds and the page does not show. */
function notAll(
  table: Table,
  { length }: readonly Record[],
  { technical, empty }: Columns,
  hidesTechnical = false,
): Html | false {
  const rest =
    table.records > length && `The first ${number(length)} of ${counted(table.records, 'record')}.`;
  const hidden = [
    hidesTechnical && technical.length > 0 && counted(technical.length, 'technical column'),
    empty > 0 && counted(empty, 'empty column'),
  ].filter((words) => words !== false);
  const left = hidden.length > 0 && `${hidden.join(' and ')} left out here; the files hold all.`;
  const words = [rest, left].filter((text) => text !== false).join(' ');
  return words !== '' && html`<p class="soft small">${words}</p>`;
}

function grid(table: Table, records: readonly Record[], columns: Columns): Html {
  const rows = records.map(
    (record) =>
      html`<tr>
        ${columns.plain.map(({ name }) => cell(record[name]))}
      </tr> `,
  );
  const all = table.records <= records.length;
  const lines = html`<table><caption${all && html` class="hidden"`}>${table.label}: ${all ? `all ${counted(table.records, 'record')}` : `the first ${number(records.length)} of ${counted(table.records, 'record')}`}</caption>
<thead><tr>${columns.plain.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table>`;
  return html`${scroller(`${table.label} (${stemOf((table.ndjson ?? table.csv)?.path ?? table.name)})`, lines, records.length)}${notAll({ ...table, records: records.length }, records, columns, true)}`;
}

function cell(given: unknown): Html {
  if (isEmpty(given)) return html`<td></td>`;
  return html`<td${typeof given === 'string' && given.length <= SHORT && html` class="short"`}>${value(given)}</td>`;
}

function list(table: Table, records: readonly Record[], columns: Columns): Html {
  const items = records.map(
    (record, index) =>
      html`<li><details${index === 0 && html` open`}><summary><span class="which">${index + 1}</span>${gist(record, columns)}</summary>${one(record, columns)}</details></li>
`,
  );
  const more = items.slice(FOLDED);
  return html`<ol class="records">
      ${items.slice(0, FOLDED)}
    </ol>
    ${
      more.length > 0 &&
      html`<details class="more">
        <summary>${counted(more.length, 'more record', 'more records')}</summary>
        <ol class="records" start="${FOLDED + 1}">
          ${more}
        </ol>
      </details>`
    }${notAll(table, records, columns)}`;
}

function one(record: Record, { plain, technical }: Columns): Html {
  return html`${pairs(record, plain)}${
    technical.length > 0 &&
    html`<details class="technical">
      <summary>${counted(technical.length, 'technical field')}</summary>
      ${pairs(record, technical)}
    </details>`
  }`;
}

function pairs(record: Record, fields: readonly FieldDescription[]): Html {
  const filled = fields.filter(({ name }) => !isEmpty(record[name]));
  return html`<dl class="record">
    ${filled.map(
      ({ name, label }) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value(record[name])}</dd>
        </div>`,
    )}
  </dl>`;
}

const TELLING = /name|title|subject|number|email|address|product|status|amount|date|type/i;

/** Up to three values that tell one record from the others. */
function gist(record: Record, { plain }: Columns): Html {
  const filled = plain.filter(
    ({ name }) =>
      !isEmpty(record[name]) &&
      (typeof record[name] !== 'object' || isLosslessNumber(record[name])),
  );
  const telling = filled.filter(({ name, label }) => TELLING.test(name) || TELLING.test(label));
  return html`${(telling.length >= 2 ? telling : filled).slice(0, 3).map(({ name }, index) => html`${index > 0 && ' · '}${value(record[name])}`)}`;
}
