import { STAGES, type Stage } from './status.ts';

/**
 * The result of a command that was sent with `"reply": "short"`: that it was carried out, and the
 * request's stage then. It holds nothing of a person, and is the one result that is never
 * encrypted. A caller without the codec thus sees that the command need not be repeated.
 */
export interface ShortReply {
  readonly recorded: true;
  readonly stage: Stage;
  /** As in the status: counts every change of what the package will hold. */
  readonly revision: number;
}

/**
 * Whether a value is a short reply and nothing else: exactly its three fields, each of its narrow
 * type.
 */
export function isShortReply(value: unknown): value is ShortReply {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { recorded, stage, revision } = value as Partial<ShortReply>;
  return (
    Object.keys(value).length === 3 &&
    recorded === true &&
    STAGES.includes(stage as Stage) &&
    Number.isSafeInteger(revision) &&
    (revision as number) >= 0
  );
}
