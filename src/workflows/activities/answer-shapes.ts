import * as z from 'zod';
import type { Activities } from '../../activities/inputs.ts';

const text = z.string();
const texts = z.array(text);
const count = z.number();
const thing = z.looseObject({});
const things = z.array(thing);
const nothing = z.unknown();

const receipt = z.looseObject({
  name: text,
  system: text,
  key: text,
  sha256: text,
  files: count,
  bytes: count,
  rows: count,
  withheldRows: count,
});
const gaps = z.array(
  z.looseObject({ because: text, note: text, advice: text.optional(), code: text.optional() }),
);
const policy = z.looseObject({
  systems: texts,
  cutOff: text,
  remind: texts,
  lateWait: text,
  reviewPackage: z.boolean(),
  maxProfiles: count,
  retention: text,
});
const timetable = z.looseObject({
  answerBy: text,
  dueAt: text,
  cutOffAt: text,
  vendorsBy: text,
  refuseBy: text,
  timeZone: text,
  steps: things,
  doubts: texts,
  extension: z.looseObject({ allowed: z.boolean(), used: z.boolean() }),
});
const dates = z.looseObject({ timetable, extended: timetable.nullable(), notes: texts });
const profile = z.looseObject({
  dataSpace: text,
  partyId: text,
  keyQualifier: text,
  dataSource: text,
  unifiedIndividuals: texts,
});

/**
 * What each activity must return, as far as the request relies on it. `temporal activity complete`
 * lets anybody complete an activity by hand, with any JSON. Members that a later release added are
 * not required, because histories of earlier ones lack them.
 */
const shapes: { readonly [Name in keyof Activities]: z.ZodType } = {
  registerRequest: z.looseObject({ taken: z.boolean(), inClear: z.boolean() }),
  planRequest: dates.extend({
    law: text,
    lawTitle: text,
    receivedOn: text,
    policy,
    dataSpaces: texts,
    notDeclared: texts,
    systems: z.array(
      z.looseObject({
        id: text,
        connector: text,
        kind: z.enum(['data-cloud', 'cloud', 'vendor']),
        dataSources: texts,
      }),
    ),
  }),
  replanDates: dates,
  locateProfiles: z.looseObject({
    lookups: things,
    profiles: z.array(profile),
    shared: things,
    notes: texts,
    reviews: z.array(z.looseObject({ reason: text, profiles: z.array(count), note: text })),
  }),
  listProfiles: z.looseObject({ uri: text, sha256: text, count }),
  mapObjects: z.looseObject({
    objects: z.array(z.looseObject({ name: text, label: text })),
    notIncluded: things,
  }),
  exportObject: z.looseObject({ receipt, rowsPerProfile: z.record(text, count) }),
  exportCloud: z.looseObject({ receipt, nothingHeld: z.boolean(), gaps }),
  askVendor: z.union([
    z.looseObject({ way: z.literal('manual'), why: text, instructions: text }),
    z.looseObject({ way: z.literal('poll'), reference: text }),
  ]),
  pollVendor: z.union([
    z.looseObject({ state: z.literal('waiting') }),
    z.looseObject({
      state: z.literal('answered'),
      outcome: z.enum(['delivered', 'nothing-held', 'refused']),
      receipt: receipt.nullable(),
      note: text,
      gaps: gaps.optional(),
    }),
  ]),
  withdrawFromVendor: nothing,
  receiveAnswer: z.looseObject({
    receipt: receipt.nullable(),
    quarantined: z.array(z.looseObject({ file: count, reason: text })),
  }),
  readMessage: z.looseObject({ damaged: z.boolean() }),
  writeLetter: nothing,
  findUnknownFiles: texts,
  buildPackage: z.looseObject({ uri: text, sha256: text, bytes: count, files: count }),
  deliverPackage: nothing,
  deleteFiles: z.looseObject({ files: count, bytes: count }),
};

/** Whether a value is a result of the activity. */
export const isAnswer = (name: keyof Activities, value: unknown): boolean =>
  shapes[name].safeParse(value).success;
