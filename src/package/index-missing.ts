import type { Contents } from './contents.ts';
import type { NotIncluded, PackageFacts } from './facts.ts';
import { html, type Html } from './html.ts';
import { counted, dateWords } from './readable.ts';
import { GAP_WORDS, identifierWords, NOT_INCLUDED_WORDS, systemWords } from './words.ts';
import { scroller } from './scroller.ts';

/** What the package lacks, each with its reason in plain words, and what the person can do. */
export function missing(
  { withheld }: Contents,
  { gaps, notIncluded: all, request, profiles }: PackageFacts,
): Html {
  const notIncluded = all.filter(({ unreachable }) => unreachable !== true);
  const untraceable = all.length - notIncluded.length;
  const authority =
    request.authority?.replace(/^The /, 'the ') ??
    'the data protection authority of the place where you live or work';
  const complete = gaps.length === 0 && withheld.length === 0 && notIncluded.length === 0;
  const cards = gaps.map(({ system, because, note, profile }) => {
    const { title, meaning } = GAP_WORDS[because];
    const where =
      profile === undefined
        ? systemWords(system)
        : `Profile ${profile}${sourceOf(profiles, profile)}`;
    return html`<article class="card warn">
      <h3>${where}: ${title.charAt(0).toLowerCase() + title.slice(1)}</h3>
      <p>${meaning}</p>
      ${note !== '' && html`<p class="soft small">${inPlainWords(note)}</p>`}
    </article> `;
  });
  return html`<section id="missing" aria-labelledby="missing-title">
    <h2 id="missing-title">What is missing and why</h2>
    ${complete ? html`<p class="good">Nothing is missing: every system that was asked has answered.</p>` : html`<p class="soft">What could not be included is named here, so that you can ask for it.</p>`}
    ${cards}${withheld.length > 0 && withheldCard(withheld)}${notIncluded.length > 0 && leftOut(notIncluded)}${
      untraceable > 0 &&
      html`<p class="soft small">
        ${counted(untraceable, 'further kind')} of records in the system
        ${untraceable === 1 ? 'is' : 'are'} linked to no person, so that nobody can look up whose
        ${untraceable === 1 ? 'it is' : 'they are'}; <code>datapackage.json</code> names
        ${untraceable === 1 ? 'it' : 'them'}.
      </p> `
    }
    <div class="card">
      <h3>What you can do</h3>
      <ul>
        <li>
          Write to ${request.controllerName ?? 'the organisation that sent you this package'}, name
          your request <strong>${request.requestId}</strong>, and say what is missing or wrong. You
          may also ask for your data to be corrected or deleted, where the law gives you that right.
        </li>
        <li>
          If you are not content with the answer, you may complain to ${authority}, and you may go
          to court. Both rights stand beside the request; you need not wait for another answer.
        </li>
      </ul>
    </div>
  </section> `;
}

/** Notes name days as `2026-11-23`, and identifiers as `emails[0]`. */
const inPlainWords = (note: string) =>
  note
    .replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => dateWords(day))
    .replace(/\b(?:emails|phones|partyIds)\[\d{1,3}\]/g, (name, at: number) => {
      const words = identifierWords(name);
      return at === 0 ? words.charAt(0).toUpperCase() + words.slice(1) : words;
    });

const sourceOf = (profiles: PackageFacts['profiles'], number: number) => {
  const source = profiles.find((profile) => profile.number === number)?.dataSource ?? '';
  return source === '' ? '' : ` (${source})`;
};

function withheldCard(withheld: Contents['withheld']): Html {
  const rows = withheld.map(
    ({ path, reason, cite }) =>
      html`<tr>
        <th scope="row"><code>${path}</code></th>
        <td>${reason}</td>
        <td>${cite ?? ''}</td>
      </tr> `,
  );
  return html`<article class="card warn">
    <h3>Files held back</h3>
    ${scroller(
      'Files held back',
      html`<table>
        <caption>
          A person looked at these files and held them back
        </caption>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Reason</th>
            <th scope="col">Law</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`,
    )}
  </article> `;
}

function leftOut(notIncluded: readonly NotIncluded[]): Html {
  const groups = new Map<string, NotIncluded[]>();
  for (const each of notIncluded) {
    groups.set(each.why, [...(groups.get(each.why) ?? []), each]);
  }
  const spaces = new Set(notIncluded.map(({ dataSpace }) => dataSpace)).size;
  const items = [...groups].map(
    ([why, objects]) =>
      html`<li>
        ${sentence(NOT_INCLUDED_WORDS[why] ?? why)}
        <span class="soft"
          >${objects.map(({ label, dataSpace }) => (spaces > 1 ? `${label} (${dataSpace})` : label)).join(', ')}</span
        >
      </li> `,
  );
  return html`<article class="card">
    <h3>Kinds of records that were left out</h3>
    <p class="soft">
      ${counted(notIncluded.length, 'kind')} of records exist in the system and
      ${notIncluded.length === 1 ? 'is' : 'are'} not part of this package:
    </p>
    <ul>
      ${items}
    </ul>
  </article> `;
}

/** A reason as a sentence; a list follows it. */
const sentence = (why: string) =>
  `${why.charAt(0).toUpperCase()}${why.slice(1).replace(/[.:]$/, '')}:`;
