import assert from 'node:assert/strict';
import { it } from 'node:test';
import manual from '../../src/connectors/manual/index.ts';
import type { ConnectorContext } from '../../src/connectors/spi.ts';
import { opened, profile, question } from './fixture.ts';

const vendor = (more: object = {}) =>
  opened(manual, {}, { id: 'acme-mail', dataSources: ['ACME_1'], salesforce: null, ...more });

it(
  'a system that is asked by hand gets a letter with its own instructions, what is wanted, ' +
    'about whom, and by when',
  async () => {
    const asked = await vendor({
      instructions: 'Ask privacy@acme.example; attach the export.',
    }).ask(
      {} as ConnectorContext,
      question('ana@example.com', {
        subjectName: 'Ana Lima',
        identifiers: [
          { name: 'emails[0]', kind: 'email', value: 'ana@example.com' },
          { name: 'externalIds.loyalty', kind: 'external-id', value: 'L-7' },
        ],
        profiles: [
          profile({ partyId: 'A-42', dataSource: 'ACME_1' }),
          profile({ partyId: 'OTHER-1', dataSource: 'CRM_1' }),
        ],
      }),
    );
    assert.deepEqual(asked, {
      way: 'manual',
      why: 'no machine can ask this system',
      instructions: [
        'Ask privacy@acme.example; attach the export.',
        '',
        'Please export all personal data that acme-mail holds about the person below, in a ' +
          'common machine-readable format, or say that it holds none.',
        'A person asked for a copy of their data (access) under gdpr, on 2026-11-23.',
        'Answer by 2026-12-23.',
        '',
        'The person:',
        '- name: Ana Lima',
        '- e-mail address: ana@example.com',
        '- identifier (loyalty): L-7',
        '- ID in your system: A-42',
        '',
        'These details are given only to find the person. Delete this request when it is answered.',
      ].join('\n'),
    });
  },
);

it('options of a system that is asked by hand are refused, for there are none', () => {
  assert.throws(
    () => opened(manual, { baseUrl: 'x' }, { id: 'a', dataSources: [], salesforce: null }),
    /baseUrl/,
  );
});
