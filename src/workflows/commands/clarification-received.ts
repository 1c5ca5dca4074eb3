import { handleFact } from './handle.ts';
import { canReply, recordReply } from './subject-questions.ts';

export default handleFact('clarificationReceived', {
  record: (run, message) => recordReply(run, 'clarification', message),
  offer: (run) => canReply(run, 'clarification'),
});
