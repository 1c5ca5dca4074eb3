import * as z from 'zod';
import { lengthOf } from './input-limits.ts';
import { requestInput, type RequestInput } from './request.ts';

/**
 * What each field of a request says, and one good value. The path of a field within another has a
 * dot.
 */
export const requestFields: Readonly<
  Record<string, { readonly text: string; readonly example: unknown }>
> = {
  requestId: {
    text:
      "The request's own name, used once and for ever: the workflow is `dsar-` and this ID. It " +
      'is a file name and stands in clear, so it holds no personal data.',
    example: 'R-1042',
  },
  type: {
    text:
      'The right that is used: a copy of the data, or the data in a form to take elsewhere. A ' +
      'law that knows no portability refuses it.',
    example: 'access',
  },
  subject: {
    text: 'Whom the request is about. At least one identifier is needed.',
    example: { emails: ['ana@example.com'] },
  },
  'subject.emails': {
    text: 'E-mail addresses; messages name them `emails[0]` and so on.',
    example: ['ana@example.com', 'a.lima@example.org'],
  },
  'subject.phones': {
    text: 'Telephone numbers, best with the country code.',
    example: ['+49 30 901820'],
  },
  'subject.partyIds': {
    text:
      'IDs of the person in Data Cloud (`ssot__Individual__dlm.ssot__Id__c`) or in the core ' +
      'CRM, where they are known.',
    example: ['003Ts00001DanaKAAA'],
  },
  'subject.externalIds': {
    text: 'Other names of the person, each by its kind, such as a customer number.',
    example: { loyalty: 'L-77120' },
  },
  'subject.name': {
    text: 'How the person is addressed in letters and named on the package. Nobody is looked for by it.',
    example: 'Ana Lima',
  },
  law: {
    text: 'The law, by its ID (`dossier law list`). Left out, the residence decides.',
    example: 'gdpr',
  },
  residence: {
    text: 'Where the person lives. Needed where no law is named.',
    example: { country: 'DE', region: 'BE' },
  },
  'residence.country': { text: 'ISO 3166-1, two capital letters.', example: 'DE' },
  'residence.region': {
    text: 'ISO 3166-2 without the country: a state, province or land. Some laws need it.',
    example: 'BE',
  },
  receivedAt: {
    text:
      'When the request came in: an instant with an offset, or a day, which is one where the ' +
      "law holds. Never in the future. The law's time counts from it, whenever the workflow is started.",
    example: '2026-11-23T10:15:00+01:00',
  },
  identity: {
    text:
      'Whether the person has shown who they are: `confirmed` for every identifier, `required` ' +
      'for none yet, or those that are. `required` if left out.',
    example: { confirmed: ['emails[0]'] },
  },
  'identity.confirmed': {
    text: 'Names of identifiers, as messages name them.',
    example: ['emails[0]', 'externalIds.loyalty'],
  },
  delivery: {
    text: 'Where the package goes. `directory`, below the storage directory of the worker, if left out.',
    example: { to: 'directory' },
  },
  'delivery.to': { text: 'The way.', example: 'directory' },
  entity: {
    text:
      'What the company is, where the law has other dates for public agencies. Taken as an ' +
      'organisation if left out.',
    example: 'organisation',
  },
  timeZone: {
    text: 'The IANA zone that days are counted in, where the place does not say it.',
    example: 'America/Denver',
  },
  language: {
    text:
      'The language of letters, by its two letters. By default that of the place, as far as ' +
      'there are letters in it.',
    example: 'de',
  },
  requestedBy: {
    text: 'Who asks: the subject, or somebody for them. It is noted, and changes no date.',
    example: 'agent',
  },
  continues: {
    text: 'The ID of the request that this one goes on from, such as one that was answered too early.',
    example: 'R-1001',
  },
  policy: {
    text:
      'The name of a policy in `dossier.yaml`, or an object with fields of one ' +
      '(docs/reference/configuration.md), which tighten the policy `default`.',
    example: { systems: ['acme-mail'], reviewPackage: true },
  },
};

/** A whole request, for documentation. */
export const requestExample: RequestInput = {
  requestId: 'R-1042',
  type: 'access',
  subject: {
    emails: ['ana@example.com'],
    phones: ['+49 30 901820'],
    externalIds: { loyalty: 'L-77120' },
    name: 'Ana Lima',
  },
  residence: { country: 'DE', region: 'BE' },
  receivedAt: '2026-11-23T10:15:00+01:00',
  identity: { confirmed: ['emails[0]'] },
  language: 'de',
  policy: { systems: ['acme-mail'], reviewPackage: true },
};

type Node = {
  type?: string;
  const?: unknown;
  enum?: unknown;
  maxLength?: number;
  items?: Node;
  additionalProperties?: Node | boolean;
  properties?: Record<string, Node>;
  anyOf?: Node[];
  description?: string;
  examples?: unknown[];
};

/**
 * The JSON Schema (draft 2020-12) of a request as callers send it, with a description and an
 * example for each field.
 */
export function requestSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(requestInput, { io: 'input' });
  describe(schema as Node, '');
  bound(schema as Node, '');
  return {
    ...schema,
    title: 'The input of the workflow dataAccessRequest',
    description: 'One data subject request to Dossier, as plain JSON. Unknown keys are refused.',
    examples: [requestExample],
  };
}

function describe(node: Node, within: string): void {
  for (const form of node.anyOf ?? []) {
    describe(form, within);
  }
  for (const [name, field] of Object.entries(node.properties ?? {})) {
    const path = within === '' ? name : `${within}.${name}`;
    const known = requestFields[path];
    if (known !== undefined) {
      Object.assign(field, { description: known.text, examples: [known.example] });
    }
    describe(field, path);
  }
}

/** Writes into the schema how long each text may be, by the measure of the input check. */
function bound(node: Node, field: string): void {
  if (node.type === 'string' && node.const === undefined && node.enum === undefined) {
    node.maxLength = Math.min(node.maxLength ?? Infinity, lengthOf(field));
  }
  for (const form of node.anyOf ?? []) {
    bound(form, field);
  }
  if (node.items !== undefined) bound(node.items, field);
  if (typeof node.additionalProperties === 'object') bound(node.additionalProperties, field);
  for (const [name, inner] of Object.entries(node.properties ?? {})) {
    bound(inner, name);
  }
}
