import { handleFact } from './handle.ts';
import { canAsk, recordQuestion } from './subject-questions.ts';

export default handleFact('feeRequested', {
  record: (run, message) => recordQuestion(run, 'fee', message),
  offer: (run) => canAsk(run, 'fee'),
});
