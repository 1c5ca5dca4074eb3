import { discover } from '../../src/connectors/data-cloud/model/discover.ts';
import { exportObject } from '../../src/connectors/data-cloud/export/export-object.ts';
import { siblings } from '../../src/connectors/data-cloud/locate/individuals.ts';
import { locate } from '../../src/connectors/data-cloud/locate/locate.ts';
import type { CheckedIdentifier } from '../../src/connectors/data-cloud/locate/parties.ts';
import { sharedPartyIds } from '../../src/connectors/data-cloud/locate/shared-party-ids.ts';
import { SystemFailure } from '../../src/http/failure.ts';
import type { ObjectMap } from '../../src/contract/object-map.ts';
import type { Profile } from '../../src/contract/profile.ts';
import type { Salesforce } from '../../src/salesforce/create-salesforce.ts';
import type { Sql } from '../../src/salesforce/data-cloud-query.ts';
import { AT, type Stand } from '../connectors/stand.ts';

/** A statement that the product sends, and in which data space. */
export interface Sent {
  readonly dataSpace: string;
  readonly sql: Sql;
}

/** Identifiers of a seed's people that are looked for, at most. */
const MOST = 40;

/**
 * Every different statement that the product's own connector sends over the people of a seed: to
 * find each, and to export each object of each.
 */
export async function captured(at: Stand): Promise<readonly Sent[]> {
  const sent = new Map<string, Sent>();
  const salesforce: Salesforce = {
    ...at.salesforce,
    query(sql, options) {
      sent.set(JSON.stringify([options.dataSpace, sql]), { dataSpace: options.dataSpace, sql });
      return at.salesforce.query(sql, options);
    },
  };
  const dataSpaces = await at.salesforce.dataSpaces();
  const maps = new Map<string, ObjectMap>();
  for (const dataSpace of dataSpaces) {
    maps.set(dataSpace, await discover(salesforce, dataSpace, { exclude: [], rulesets: 'auto' }));
  }
  const mapOf = (dataSpace: string) => Promise.resolve(maps.get(dataSpace) as ObjectMap);
  const everybody = new Map<string, Profile>();
  for (const identifier of await identifiersOf(at, [...maps.values()])) {
    const found = await refusedIsNone(
      () =>
        locate(salesforce, {
          identifiers: [identifier],
          dataSpaces,
          rulesets: 'auto',
          maxProfiles: 50,
          at: AT,
          mapOf,
        }),
      undefined,
    );
    for (const profile of found?.profiles ?? []) {
      everybody.set(
        JSON.stringify([
          profile.dataSpace,
          profile.partyId,
          profile.keyQualifier,
          profile.dataSource,
        ]),
        profile,
      );
    }
  }
  await refusedIsNone(
    () => sharedPartyIds(salesforce, [...maps.values()], [...everybody.values()]),
    [],
  );
  for (const [dataSpace, map] of maps) {
    const here = [...everybody.values()]
      .filter((profile) => profile.dataSpace === dataSpace)
      .map((profile, index) => ({ ...profile, number: index + 1 }));
    for (const profiles of [here, ...here.slice(0, 1).map((profile) => [profile])]) {
      if (profiles.length === 0) continue;
      const all = await siblings(salesforce, map, profiles);
      for (const object of map.objects) {
        await refusedIsNone(
          () =>
            exportObject(
              salesforce,
              { object, dataSpace, profiles, siblings: all },
              at.context('data-cloud'),
            ),
          undefined,
        );
      }
    }
  }
  return [...sent.values()];
}

/**
 * What a refused statement leads to is no matter here: it is compared with the engine's own
 * refusal.
 */
async function refusedIsNone<Given>(work: () => Promise<Given>, none: Given): Promise<Given> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SystemFailure && error.facts.kind === 'rejected') return none;
    throw error;
  }
}

/**
 * E-mail addresses, phone numbers, external IDs and party IDs that stand in the rows of a seed, and
 * some that nobody has.
 */
async function identifiersOf(at: Stand, maps: readonly ObjectMap[]): Promise<CheckedIdentifier[]> {
  const found = new Map<string, CheckedIdentifier>();
  const add = (kind: CheckedIdentifier['kind'], name: string, value: string) => {
    if (value !== '' && found.size < MOST) {
      found.set(`${kind} ${value}`, { kind, name, value, confirmed: true });
    }
  };
  add('email', 'emails[0]', 'nobody@example.com');
  add('email', 'emails[0]', 'o\'hara\u0001"\\@example.com');
  add('party-id', 'partyIds[0]', '00880');
  for (const map of maps) {
    for (const [points, kind, name] of [
      [map.emails, 'email', 'emails[0]'],
      [map.phones, 'phone', 'phones[0]'],
      [map.identifications, 'external-id', 'externalIds.loyalty_number'],
    ] as const) {
      if (points === null) continue;
      for (const value of await valuesOf(at, map.dataSpace, points.object, points.values)) {
        add(kind, name, value);
      }
    }
    for (const value of await valuesOf(at, map.dataSpace, map.individual.object, [
      map.individual.key.field,
    ])) {
      add('party-id', 'partyIds[0]', value);
    }
  }
  return [...found.values()];
}

async function valuesOf(
  at: Stand,
  dataSpace: string,
  object: string,
  fields: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  const text = `SELECT ${fields.map((field) => `"${field}"`).join(', ')} FROM "${object}"`;
  for await (const { values } of at.salesforce.query({ text, parameters: {} }, { dataSpace })) {
    for (let row = 0; row < values.count; row += 1) {
      fields.forEach((_, column) => found.push(values.text(row, column)));
    }
  }
  return found;
}
