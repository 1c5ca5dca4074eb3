import { handleFact } from './handle.ts';
import { canAsk, recordQuestion } from './subject-questions.ts';

export default handleFact('clarificationRequested', {
  record: (run, message) => recordQuestion(run, 'clarification', message),
  offer: (run) => canAsk(run, 'clarification'),
});
