import type { Dossier } from '../../client/dossier.ts';
import type { RequestStatus } from '../../contract/status.ts';
import { usage } from '../output/failures.ts';

/** What somebody does on a day of the rehearsal. The days are counted from its start. */
export interface Move {
  readonly day: number;
  readonly name: string;
  readonly argument?: string;
}

/** What a move needs. `on` is the day in the law's zone. */
interface Scene {
  readonly dossier: Dossier;
  readonly status: RequestStatus;
  readonly on: string;
  readonly identifiers: string[];
  readonly argument?: string;
}

const BY = 'rehearsal';
const WITH_SYSTEM: readonly string[] = ['answer', 'skip'];

const ACTS: Readonly<Record<string, (scene: Scene) => Promise<RequestStatus>>> = {
  identity: ({ dossier, status, identifiers }) =>
    dossier.identityConfirmed(status.requestId, { identifiers, method: 'rehearsal', by: BY }),
  reject: ({ dossier, status }) =>
    dossier.identityRejected(status.requestId, { reason: 'rehearsal', by: BY }),
  clarify: ({ dossier, status, on }) =>
    dossier.clarificationRequested(status.requestId, { at: on, by: BY }),
  clarified: ({ dossier, status, on }) =>
    dossier.clarificationReceived(status.requestId, { at: on, by: BY }),
  extend: ({ dossier, status, on, argument }) =>
    dossier.extendDeadline(status.requestId, {
      reason: status.timetable?.extension.reasons[0] ?? 'rehearsal',
      noticeSentAt: on,
      until: argument,
      by: BY,
    }),
  approve: ({ dossier, status }) =>
    dossier.approvePackage(status.requestId, { revision: status.revision, by: BY }),
  withdraw: ({ dossier, status }) =>
    dossier.withdraw(status.requestId, { reason: 'rehearsal', by: BY }),
  answer: ({ dossier, status, argument = '' }) =>
    dossier.respondForVendor(status.requestId, {
      system: argument,
      outcome: 'nothing-held',
      by: BY,
    }),
  skip: ({ dossier, status, argument = '' }) =>
    dossier.skipSystem(status.requestId, { system: argument, reason: 'rehearsal', by: BY }),
};

/**
 * Reads `3:identity`, `12:extend`, `12:extend:2027-01-15`, `20:answer:acme-mail`.
 *
 * @throws DossierError `usage`
 */
export function parseMove(text: string): Move {
  const [, day, name = '', argument] = /^(\d{1,3}):([a-z]+)(?::(.+))?$/.exec(text) ?? [];
  const fits = WITH_SYSTEM.includes(name)
    ? argument !== undefined
    : argument === undefined || name === 'extend';
  if (day === undefined || ACTS[name] === undefined || !fits) {
    const known = Object.keys(ACTS).map((it) => {
      if (WITH_SYSTEM.includes(it)) return `${it}:SYSTEM`;
      return it === 'extend' ? 'extend[:UNTIL]' : it;
    });
    throw usage(`A move is given as DAY:WHAT, such as 3:identity; "${text}" is not.`, '--on', [
      `What there is: ${known.join(', ')}`,
    ]);
  }
  return { day: Number(day), name, ...(argument !== undefined && { argument }) };
}

/** A move in words. */
export const moveWords = ({ name, argument }: Move): string =>
  argument === undefined ? name : `${name} ${argument}`;

/**
 * Makes a move.
 *
 * @throws DossierError if it is refused
 */
export async function makeMove(
  { name, argument }: Move,
  scene: Omit<Scene, 'argument'>,
): Promise<void> {
  await ACTS[name]?.({ ...scene, ...(argument !== undefined && { argument }) });
}
