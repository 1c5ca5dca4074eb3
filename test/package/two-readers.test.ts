import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { letterLaw } from '@dossier/law';
import { ApplicationFailure } from '@temporalio/common';
import { translated } from '../../src/activities/failures.ts';
import {
  forOperator,
  forSubject,
  REFUSED,
  refusedTexts,
  type RefusedReason,
} from '../../src/contract/gap-texts.ts';
import { requestInput } from '../../src/contract/request.ts';
import type { Gap, GapReason } from '../../src/contract/status.ts';
import { foreignCode, SystemFailure } from '../../src/http/failure.ts';
import { LANGUAGES, renderLetter } from '../../src/letters/render.ts';
import { buildPackage } from '../../src/package/build.ts';
import { identifierWords } from '../../src/package/words.ts';
import { HOLE, membersOf, nodesOf, textsOf } from '../support/sentences.ts';
import { individual, inNewStore, order, putTables } from './sample.ts';

/** Words that are an operator's: advice, settings, hosts, statuses and codes. */
const OPERATORS: readonly RegExp[] = [
  /\b(?:retry|retried by|give (?:the|its|it) |check |mend|set `|look at|export .* by hand)/i,
  /[`$]|dossier\.|salesforce\.|https?:|\bstatus \d|\bAPI\b|\bexternal IDs?\b|\bsetting/i,
  /\b[A-Z]{2,}_[A-Z_]+\b|=opt|maxContacts|skipSystem|respondForVendor/,
];

interface Sentence {
  readonly file: string;
  readonly note: string;
  readonly advice: readonly string[];
}

/** Every gap that the source words, in all its variants. */
const sentences: readonly Sentence[] = [...nodesOf(['connectors', 'workflows'])].flatMap(
  ({ file, node }) => {
    const members = membersOf(node);
    const note = members.get('note');
    const isGap =
      members.has('because') ||
      members.has('advice') ||
      (node.type === 'ObjectExpression' && file.endsWith('collect-profiles.js'));
    if (note === undefined || !isGap) return [];
    const advice = members.get('advice');
    return textsOf(note)
      .filter((text) => text !== HOLE)
      .map((text) => ({
        file,
        note: text,
        advice: advice === undefined ? [] : textsOf(advice).filter((it) => it !== HOLE),
      }));
  },
);

/** Every advice that a failure carries, and every code that one has. */
const actions = new Set<string>();
const codes = new Set<string>();
for (const { node } of nodesOf(['connectors', 'http', 'salesforce'])) {
  const members = membersOf(node);
  if (!members.has('kind') && !members.has('system')) continue;
  for (const [name, texts] of [
    ['action', actions],
    ['code', codes],
  ] as const) {
    const value = members.get(name);
    for (const text of value === undefined ? [] : textsOf(value)) {
      if (text !== HOLE) texts.add(text);
    }
  }
}

/** A failure as an activity throws it, and as the workflow makes a gap of it. */
async function gapOfFailure(facts: SystemFailure['facts']): Promise<Gap> {
  const thrown: unknown = await translated(async () => {
    throw new SystemFailure(facts);
  }).catch((error: unknown) => error);
  assert.ok(thrown instanceof ApplicationFailure);
  const { type, message, details } = thrown;
  const { code } = (details?.[0] ?? {}) as { code?: string };
  const because = type as RefusedReason;
  return { system: facts.system, because, ...refusedTexts(because, { message, code }) };
}

const failures: Gap[] = [];
for (const kind of Object.keys(REFUSED) as RefusedReason[]) {
  const about = { kind, system: 'crm-internal', status: 403 };
  for (const code of codes) {
    failures.push(await gapOfFailure({ ...about, code: foreignCode(code) }));
  }
  for (const action of actions) {
    failures.push(await gapOfFailure({ ...about, action }));
  }
}

const spoken: Gap[] = sentences.map(({ note, advice }) => ({
  system: 'crm-internal',
  because: 'restricted',
  note,
  ...(advice.length > 0 && { advice: advice.join(' '), code: 'INSUFFICIENT_ACCESS' }),
}));

/** What earlier releases wrote: the failure stood in the note. */
const earlier: Gap[] = (Object.keys(REFUSED) as GapReason[]).flatMap((because) =>
  ['', 'Orders in default: '].map((part) => ({
    system: 'crm-internal',
    because,
    note: `${part}crm-internal: ${because} (status 403, INSUFFICIENT_ACCESS). Check the client ID.`,
  })),
);

/** A page without its style and its tags. */
const wordsOf = (page: string) =>
  page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

/** The page and the manifest of a package with these gaps. */
const packaged = (gaps: readonly Gap[]): Promise<{ page: string; manifest: string }> =>
  inNewStore(async (store) => {
    const receipts = [
      await putTables(store, 'R-1', { name: 'data-cloud', system: 'data-cloud' }, [individual]),
    ];
    const { path } = await buildPackage(order(store, receipts, { gaps }));
    const read = (name: string) =>
      execFileSync('unzip', ['-p', path, name], { maxBuffer: 1e9 }).toString();
    return { page: wordsOf(read('index.html')), manifest: read('datapackage.json') };
  });

describe('the two texts of a gap', () => {
  it('are looked for where they are written', () => {
    assert.ok(sentences.length > 40, `${sentences.length} sentences`);
    assert.ok(codes.size > 35 && actions.size > 15, `${codes.size} codes, ${actions.size} actions`);
    const folders = new Set(sentences.map(({ file }) => file.split('/').slice(0, 2).join('/')));
    for (const name of [
      'account-engagement',
      'b2c-commerce',
      'core-crm',
      'data-cloud-portability',
      'marketing-cloud',
      'personalization',
      'privacy-center',
    ]) {
      assert.ok(folders.has(`connectors/${name}`), name);
    }
  });

  for (const { file, note } of sentences) {
    it(`${file}: "${note}" is no operator's`, () => {
      for (const pattern of OPERATORS) {
        assert.doesNotMatch(note, pattern);
      }
    });
  }

  it('of every failure are both there for the operator', () => {
    for (const gap of failures) {
      assert.match(forOperator(gap), /^[A-Z][a-z ]+\. crm-internal: \w+ \(status 403[,)]/);
    }
  });

  it('stand apart on the page and in the manifest', async () => {
    const gaps = [...spoken, ...failures, ...earlier];
    const { page, manifest } = await packaged(gaps);
    for (const text of [page, manifest]) {
      for (const { advice } of [...spoken, ...failures]) {
        if (advice !== undefined) assert.ok(!text.includes(advice), advice);
      }
      for (const action of actions) {
        assert.ok(!text.includes(action), action);
      }
      assert.doesNotMatch(text, /INSUFFICIENT_ACCESS|status 403|Check the client|"advice"/);
      for (const code of codes) {
        assert.ok(!text.includes(code), code);
      }
    }
    for (const { note } of spoken) {
      assert.ok(manifest.includes(JSON.stringify(note)), note);
    }
    assert.ok(page.includes('Orders in default: access was refused.'));
    assert.ok(page.includes('Access was refused.'));
    assert.equal(identifierWords('emails[0]'), 'your first e-mail address');
  });

  it('stand in no letter to the subject', async () => {
    const gaps = [...spoken, ...failures.slice(0, 50), ...earlier];
    const request = requestInput.parse({
      requestId: 'R-1',
      type: 'access',
      subject: { emails: ['ana@example.com'] },
      residence: { country: 'IE' },
      receivedAt: '2026-11-23',
    });
    const law = letterLaw({ request, law: 'gdpr', controller: { country: 'IE' } });
    for (const language of Object.keys(LANGUAGES)) {
      for (const kind of ['delivery', 'supplement'] as const) {
        const letter = renderLetter(
          {
            kind,
            request: { ...request, language },
            law: 'gdpr',
            receivedOn: '2026-11-23',
            answerBy: '2026-12-23',
            deleteBy: '2027-01-22',
            files: 1,
            number: 1,
            gaps,
          },
          law,
        );
        for (const { note, advice } of gaps) {
          for (const text of [note, ...(advice === undefined ? [] : [advice])]) {
            assert.ok(!letter.text.includes(text) && !letter.html.includes(text), text);
          }
        }
      }
    }
  });

  it('of a note that only resembles a failure stay as they are', () => {
    for (const note of ['crm-internal: deniedly', 'x crm-internal: denied', 'Nothing came.']) {
      const gap: Gap = { system: 'crm-internal', because: 'denied', note };
      assert.deepEqual(forSubject(gap), gap);
    }
  });
});
