import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lawDue } from '../src/index.ts';
import { day } from '../src/laws/worked-example.ts';
import { EXAMPLES } from './examples.ts';

for (const [law, examples] of EXAMPLES) {
  describe(law, () => {
    for (const [rule, question, received, due, planned, more] of examples) {
      it(`${rule}: ${received} → ${more?.extended ?? due}`, async () => {
        const {
          law: found,
          receivedOn,
          dueOn,
          extendedDueOn,
          plannedOn,
          acknowledgeOn,
        } = lawDue({ id: rule, ...question });
        assert.deepEqual(
          { law: found, receivedOn, dueOn, extendedDueOn, plannedOn, acknowledgeOn },
          {
            law,
            receivedOn: day(received),
            dueOn: day(due),
            plannedOn: day(planned),
            extendedDueOn: more?.extended && day(more.extended),
            acknowledgeOn: more?.acknowledge && day(more.acknowledge),
          },
        );
      });
    }
  });
}
