// Judges changes that are built into the modules, one after the other in one process: for
// scripts/mutation.mjs. The tables of law are asked first, for those are what
// packages/law/test/worked-examples.test.ts and clock.test.ts hold, date by date.
import { EXAMPLES } from '../packages/law/dist/test/examples.js';
import { forgetDays } from '../packages/law/dist/src/calendar/days.js';
import { lawDue } from '../packages/law/dist/src/index.js';
import { datesHash } from './mutation-dates.mjs';

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

async function judge(ids) {
  for (const id of ids) {
    forgetDays();
    globalThis.dossierMutant = id;
    const verdict = await verdictOn();
    globalThis.dossierMutant = -1;
    await new Promise((resolve) => process.send({ id, verdict }, resolve));
  }
  process.exit(0);
}

globalThis.dossierMutant = -1;
const [expected, few, many] = [tables(), await datesHash(FEW), await datesHash(MANY)];
process.on('message', (ids) => void judge(ids));
process.send({ verdict: 'ready' });
