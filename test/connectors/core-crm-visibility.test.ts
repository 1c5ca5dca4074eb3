import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  readVisibility,
  visibilityRemarks,
  visibilityWarnings,
} from '../../src/connectors/core-crm/visibility.ts';
import { withServer } from '../salesforce/plain-server.ts';

interface Org {
  readonly permissions?: Readonly<Record<string, boolean>>;
  readonly defined?: readonly string[];
  readonly described?: readonly string[];
  readonly refuse?: 'describe' | 'fields';
}

/**
 * What an org tells of its user and its fields.
 *
 * @see Object Reference, "UserPermissionAccess" (fields `Permissions<PermissionName>`, API 41.0);
 *   Tooling API, "FieldDefinition"; docs of SalesforceLabs/OrgCheck, which reads its own permissions
 *   by `SELECT Permissions… FROM UserPermissionAccess`; read 2026-11
 */
const visibilityIn = async ({ permissions = {}, defined = [], described = [], refuse }: Org) => {
  const field = (name: string) => ({ name, label: name, type: 'string' });
  let found: Awaited<ReturnType<typeof readVisibility>> | undefined;
  await withServer(
    ({ url }) => {
      if (url.includes('/sobjects/UserPermissionAccess/')) {
        return refuse === 'describe'
          ? { status: 404, body: [{ errorCode: 'NOT_FOUND' }] }
          : {
              body: {
                name: 'UserPermissionAccess',
                label: 'U',
                queryable: true,
                fields: ['Id', ...Object.keys(permissions)].map(field),
              },
            };
      }
      if (url.includes('/sobjects/Contact/')) {
        return {
          body: {
            name: 'Contact',
            label: 'Contact',
            queryable: true,
            fields: ['Id', ...described].map(field),
          },
        };
      }
      if (url.includes('/sobjects/')) return { status: 404, body: [{ errorCode: 'NOT_FOUND' }] };
      if (url.includes('FROM%20UserPermissionAccess')) {
        return {
          body: {
            totalSize: 1,
            done: true,
            records: [{ attributes: { type: 'UserPermissionAccess' }, ...permissions }],
          },
        };
      }
      if (refuse === 'fields') {
        return {
          status: 400,
          body: [
            {
              errorCode: 'INVALID_TYPE',
              message: "sObject type 'FieldDefinition' is not supported.",
            },
          ],
        };
      }
      const records = defined.map((name) => ({
        attributes: { type: 'FieldDefinition' },
        QualifiedApiName: name,
        EntityDefinitionId: 'Contact',
      }));
      return { body: { totalSize: records.length, done: true, records } };
    },
    async ({ salesforce }) => {
      found = await readVisibility({
        salesforce,
        system: 'crm',
        signal: new AbortController().signal,
      });
    },
  );
  assert.ok(found);
  return found;
};
const ALL = {
  PermissionsViewAllData: true,
  PermissionsQueryAllFiles: true,
  PermissionsViewAllFieldsGlobal: true,
};

describe('what the integration user may not see', () => {
  it('is nothing where it has the permissions and sees every field', async () => {
    const all = await visibilityIn({
      permissions: ALL,
      defined: ['Id', 'Score__c', 'CleanStatus'],
      described: ['Score__c'],
    });
    assert.deepEqual(
      [all, visibilityWarnings(all), visibilityRemarks(all)],
      [{ lacks: [], hidden: [], unknown: [] }, [], []],
    );
  });

  it('is told by the permissions that it lacks and the fields that are hidden, by name', async () => {
    const some = await visibilityIn({
      permissions: {
        ...ALL,
        PermissionsQueryAllFiles: false,
        PermissionsViewAllFieldsGlobal: false,
      },
      defined: ['Id', 'Score__c', 'Note__c'],
      described: ['Note__c'],
    });
    assert.deepEqual(some, {
      lacks: ['Query All Files', 'View All Fields'],
      hidden: ['Contact.Score__c'],
      unknown: [],
    });
    assert.match(
      visibilityWarnings(some).join('\n'),
      /lacks the permission "Query All Files".*\n.*"View All Fields".*\n.*Contact\.Score__c/s,
    );
    assert.deepEqual(visibilityRemarks(some), [
      'Dossier reads this system as a user of its own, who may not see all of it. What that ' +
        'user may not see is not in this package.',
    ]);
  });

  it('is no nearer known where the org knows no such permission', async () => {
    assert.deepEqual(
      (await visibilityIn({ permissions: { PermissionsViewAllData: true }, defined: ['Id'] }))
        .lacks,
      [],
    );
  });

  for (const [why, org, unknown] of [
    [
      'the permissions cannot be read',
      { refuse: 'describe', defined: ['Id'] },
      ['its permissions'],
    ],
    ['the fields cannot be read', { permissions: ALL, refuse: 'fields' }, ['the fields of people']],
    ['no field is told', { permissions: ALL }, ['the fields of people']],
  ] as const) {
    it(`is said not to be known where ${why}`, async () => {
      const found = await visibilityIn(org);
      assert.deepEqual(found, { lacks: [], hidden: [], unknown });
      assert.match(
        visibilityWarnings(found).join(),
        /is not known: .*View Setup and Configuration/,
      );
      assert.match(visibilityRemarks(found).join(), /could not be checked/);
    });
  }
});
