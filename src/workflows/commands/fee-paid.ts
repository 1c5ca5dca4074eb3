import { handleFact } from './handle.ts';
import { canReply, recordReply } from './subject-questions.ts';

export default handleFact('feePaid', {
  record: (run, message) => recordReply(run, 'fee', message),
  offer: (run) => canReply(run, 'fee'),
});
