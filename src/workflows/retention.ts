import type { ReceiptRef } from '../domain/receipt.ts';
import { deleteEverything, deliver, pack } from './delivering.ts';
import type { RequestRun } from './request-run.ts';
import { before } from './waiting.ts';

/** Keeps the package until its day of deletion; late answers become supplements meanwhile. */
export async function keepUntilDeletion(run: RequestRun): Promise<void> {
  const { state } = run;
  const deleteAt = () => run.after(Number.parseInt(run.plan.policy.retention, 10), state.status.package?.deliveredAt ?? run.now());
  while (await before(deleteAt, () => late(run).length > 0, `delete the package by ${state.status.package?.deleteBy}`)) {
    await gather(run);
    await supplement(run);
  }
  await deleteEverything(run, 'the retention period has passed');
  run.enter('closed');
}

/** Receipts that came after the package. */
const late = ({ state }: RequestRun): ReceiptRef[] => state.receipts.filter(({ name }) => !state.packaged.includes(name));

/** Late answers are gathered for some days, so that the subject gets one supplement and not one per vendor. */
async function gather(run: RequestRun): Promise<void> {
  const since = run.now();
  const until = run.after(Number.parseInt(run.plan.policy.lateWait, 10), since);
  const complete = () => run.state.openAnswers.length === 0 && Object.values(run.state.tasks).every(({ status }) => status.state === 'done');
  await before(() => until, complete, 'gather late answers for a supplement');
  await before(() => null, () => run.state.openAnswers.length === 0, '');
}

async function supplement(run: RequestRun): Promise<void> {
  const { state } = run;
  const number = state.status.supplements.length + 1;
  if (run.plan.policy.reviewPackage && !(await approved(run, number))) return;
  const receipts = late(run);
  if (receipts.length === 0) return;
  const archive = await pack(run, number, receipts, state.status.gaps);
  state.packaged = [...state.packaged, ...receipts.map(({ name }) => name)];
  const delivered = await deliver(run, archive);
  const systems = [...new Set(receipts.map(({ system }) => system))];
  state.status.supplements = [...state.status.supplements, { ...delivered, deleteBy: state.status.package?.deleteBy ?? null, number, systems }];
  await run.letter('delivery', 'subject', `Supplement ${number} is ready: ${systems.join(', ')}.`, `More of your data has come in after your copy was sent: ${systems.join(', ')}.`);
  run.touch();
}

/** The supplement's own review. Gives false where every late answer was taken back meanwhile. */
async function approved(run: RequestRun, number: number): Promise<boolean> {
  const { state } = run;
  run.enter('reviewing-package');
  await run.waitFor(
    {
      on: 'operator:approval', owner: 'operator', then: 'never sent without approval',
      reason: `Supplement ${number}, revision ${state.status.revision}, awaits approval; send approvePackage.`,
    },
    () => null,
    () => (state.approvedRevision === state.status.revision && state.openAnswers.length === 0) || late(run).length === 0,
  );
  run.enter('delivered');
  return late(run).length > 0;
}
