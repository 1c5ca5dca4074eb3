// When must this request be answered, and by which article? Run it: node
// examples/dates-only/dates.mjs
import { lawDue, listLaws } from '@dossier/law';

const { dueOn, plannedOn, steps } = lawDue({
  id: 'mine',
  law: 'gdpr',
  country: 'FR',
  receivedAt: '2026-07-31',
});
console.log(`Answer by ${dueOn}; plan for ${plannedOn}.`);
for (const { rule, cite } of steps) {
  console.log(`- ${rule} [${cite}]`);
}
console.log(`${listLaws().length} laws are known.`);
