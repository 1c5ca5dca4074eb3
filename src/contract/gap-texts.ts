import type { Gap, GapReason } from './status.ts';

/** How a system failed to answer, for the subject: the end of a sentence. */
export const REFUSED = {
  denied: 'access was refused',
  rejected: 'the question was not accepted',
  unreadable: 'the answer was not readable',
  unavailable: 'no answer came',
} as const satisfies Partial<Record<GapReason, string>>;
export type RefusedReason = keyof typeof REFUSED;

/** The two texts of a failure. `part` names what it was about, if that is not the whole system. */
export function refusedTexts(
  because: RefusedReason,
  { part, message, code }: { part?: string; message: string; code?: string | undefined },
): Pick<Gap, 'note' | 'advice' | 'code'> {
  return {
    note: wordsFor(because, part),
    advice: ended(message),
    ...(code !== undefined && { code }),
  };
}

const wordsFor = (because: RefusedReason, part: string | undefined): string =>
  part === undefined
    ? `${REFUSED[because].charAt(0).toUpperCase()}${REFUSED[because].slice(1)}.`
    : `${part}: ${REFUSED[because]}.`;

/** A text as a complete sentence, so that another can follow. */
const ended = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** All that an operator reads of a gap: what is missing, and what can be done. */
export const forOperator = ({ note, advice }: Pick<Gap, 'note' | 'advice'>): string =>
  [note, advice].filter(Boolean).join(' ');

/** A gap as the subject reads it, without the operator's part. */
export function forSubject({
  advice,
  code: _code,
  object: _object,
  file: _file,
  ...gap
}: Gap): Gap {
  return advice === undefined ? { ...gap, note: withoutFailure(gap) } : gap;
}

/** The note of a gap. A request of an earlier release may end it with a failure for operators. */
function withoutFailure({ system, note }: Gap): string {
  for (const because of Object.keys(REFUSED) as RefusedReason[]) {
    const said = `${system}: ${because}`;
    const at = note.startsWith(said) ? 0 : note.indexOf(`: ${said}`);
    if (at < 0) continue;
    const part = at === 0 ? undefined : note.slice(0, at);
    const rest = note.slice(at + (at === 0 ? 0 : 2) + said.length);
    if (rest === '' || rest.startsWith(' (') || rest.startsWith('. ')) {
      return wordsFor(because, part);
    }
  }
  return note;
}
