import type { Contents } from './contents.ts';
import type { PackageFacts } from './facts.ts';
import { html, linkTo, type Html } from './html.ts';
import { systemTitle } from './index-places.ts';
import { counted, dateWords, number, size } from './readable.ts';
import { scroller } from './scroller.ts';

/** The most files that the page lists; if there are more, `SHA256SUMS` alone lists them. */
const LISTED = 2000;
const OUTCOMES = {
  exported: 'Exported',
  delivered: 'Delivered its answer',
  'nothing-held': 'Holds nothing about you',
  refused: 'Refused',
} as const;

/** What it took to read the data, from a receipt; nothing if Dossier did not read it. */
function costCells({ calls, rows, bytes }: Contents['receipts'][number]['provenance']): Html {
  const shown = (value: unknown, as: (value: number) => string) =>
    typeof value === 'number' && typeof calls === 'number' && calls > 0 ? as(value) : '';
  return html`<td class="n">${shown(calls, number)}</td>
    <td class="n">${shown(rows, number)}</td>
    <td class="n">${shown(bytes, size)}</td>`;
}

/** Where every file came from, its hash, and how anybody can check that nothing was changed. */
export function proof({ receipts, files }: Contents, { request, supplement }: PackageFacts): Html {
  const packed = new Map(files.map((file) => [file.path, file]));
  const rows = receipts.map(({ system, connector, at, outcome, files: named, provenance }) => {
    const own = named.flatMap(({ path }) => packed.get(path) ?? []);
    return html`<tr>
      <th scope="row">${systemTitle(system, connector)}</th>
      <td>${dateWords(at)}</td>
      <td>${OUTCOMES[outcome]}</td>
      <td class="n">${number(own.length)}</td>
      <td class="n">${size(own.reduce((sum, { bytes }) => sum + bytes, 0))}</td>
      ${costCells(provenance)}
    </tr> `;
  });
  const archive = `${request.requestId}${supplement === undefined ? '' : `.s${supplement}`}.zip`;
  return html`<section id="receipts" aria-labelledby="receipts-title">
      <h2 id="receipts-title">Receipts</h2>
      <p class="soft">
        Every file stands on a receipt, made when the file was taken from its system.
      </p>
      <div class="card">
        ${scroller(
          'Who answered, and when',
          html`<table>
            <caption>
              Who answered, and when
            </caption>
            <thead>
              <tr>
                <th scope="col">System</th>
                <th scope="col">When</th>
                <th scope="col">Answer</th>
                <th scope="col" class="n">Files</th>
                <th scope="col" class="n">Size</th>
                <th scope="col" class="n">API calls</th>
                <th scope="col" class="n">Rows read</th>
                <th scope="col" class="n">Read</th>
              </tr>
            </thead>
            <tbody>
              ${rows}
            </tbody>
          </table>`,
        )}
      </div>
      ${files.length > LISTED && html`<p class="soft">The hashes of all ${number(files.length)} files stand in <code>SHA256SUMS</code>.</p>`}${
        files.length > 0 &&
        files.length <= LISTED &&
        html`<details class="card">
          <summary>
            <strong
              >${counted(files.length, 'file')} with ${files.length === 1 ? 'its' : 'their'}
              hashes</strong
            >
          </summary>
          ${scroller(
            'Files and hashes',
            html`<table>
              <caption>
                SHA-256 of every file
              </caption>
              <thead>
                <tr>
                  <th scope="col">File</th>
                  <th scope="col" class="n">Records</th>
                  <th scope="col" class="n">Size</th>
                  <th scope="col">SHA-256</th>
                </tr>
              </thead>
              <tbody>
                ${files.map(
                  ({ path, rows: records, bytes, sha256 }) =>
                    html`<tr>
                      <td><a href="${linkTo(path)}">${path}</a></td>
                      <td class="n">${records === undefined ? '' : number(records)}</td>
                      <td class="n">${size(bytes)}</td>
                      <td class="hash">${sha256}</td>
                    </tr> `,
                )}
              </tbody>
            </table>`,
          )}
        </details>`
      }
    </section>
    <section id="verify" aria-labelledby="verify-title">
      <h2 id="verify-title">Check this package</h2>
      <p>
        Nobody needs to trust this page. Each file has a fingerprint, its SHA-256; if one letter of
        a file is changed, the fingerprint is another. To compare all of them, unpack the archive
        and run in its folder:
      </p>
      <pre><code>sha256sum -c SHA256SUMS</code></pre>
      <p>
        With Dossier installed, this checks the archive itself, byte by byte, with its structure,
        counts and receipts:
      </p>
      <pre><code>dossier package verify ${archive}</code></pre>
      <p class="soft small">
        The file <code>datapackage.json</code> describes every file for programs, by the Data
        Package standard, version 2. If a link on this page does not open, unpack the whole archive
        first.
      </p>
    </section> `;
}
