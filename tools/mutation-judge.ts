// Judges changes that are built into the modules, one after the other in one process, for
// tools/mutation.ts. It asks the tables of law first, because
// packages/law/test/worked-examples.test.ts and clock.test.ts test those, date by date.
import { lawDue } from '@dossier/law';
import { datesHash } from './mutation-dates.ts';

declare global {
  /** The active change. */
  var dossierMutant: number;
}

/** The compiled package of laws. `mutation.ts` replaces it by its changed copy. */
const LAW = '../../packages/law/dist/';
const part = (path: string) => import(new URL(`${LAW}${path}`, import.meta.url).href);
const { EXAMPLES } = (await part(
  'test/examples.js',
)) as typeof import('../packages/law/test/examples.ts');
const { forgetDays } = (await part(
  'src/calendar/days.js',
)) as typeof import('../packages/law/src/calendar/days.ts');

const [FEW, MANY] = [200, 1500];
const questions = [...EXAMPLES.values()].flatMap((rows) =>
  rows.map(([rule, question]) => ({ id: rule, ...question })),
);

function tables() {
  const answers = [];
  for (const question of questions) {
    const { dueOn, extendedDueOn, plannedOn, acknowledgeOn } = lawDue(question);
    answers.push([dueOn, extendedDueOn, plannedOn, acknowledgeOn]);
  }
  return JSON.stringify(answers);
}

async function verdictOn() {
  try {
    if (tables() !== expected) return 'noticed';
  } catch {
    return 'noticed';
  }
  if ((await datesHash(FEW)) !== few) return 'open';
  return (await datesHash(MANY)) === many ? 'harmless' : 'open';
}

async function judge(ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    forgetDays();
    globalThis.dossierMutant = id;
    const verdict = await verdictOn();
    globalThis.dossierMutant = -1;
    await new Promise((resolve) => {
      process.send?.({ id, verdict }, resolve);
    });
  }
  process.exit(0);
}

globalThis.dossierMutant = -1;
const [expected, few, many] = [tables(), await datesHash(FEW), await datesHash(MANY)];
process.on('message', (ids) => void judge(ids as readonly number[]));
process.send?.({ verdict: 'ready' });
