import { refusedTexts } from '../../contract/gap-texts.ts';
import { SystemFailure } from '../../http/failure.ts';
import type { MissingPart } from '../spi.ts';

/** A refused part, as the package names it. */
export interface RefusedPart extends MissingPart {
  readonly because: 'denied' | 'rejected';
}

/**
 * Reads a system part by part (lists, sites, objects, business units), so that a refused part takes
 * nothing else with it.
 */
export interface Piecemeal {
  /**
   * Reads one part. Returns nothing if the system refused it; `refused` then names it. @throws any
   * failure that is no refusal of this part alone
   */
  read<Result>(part: string, work: () => Promise<Result>): Promise<Result | undefined>;
  /** The parts that were refused so far. */
  readonly refused: readonly RefusedPart[];
  /** Takes over the refused parts of an earlier attempt, if this one continues it. */
  goOn(earlier: readonly RefusedPart[]): void;
  /**
   * Ends the reading. @throws the first refusal if no part was read: then the system itself refuses
   * us
   */
  end(): void;
}

/**
 * @param signIns whether each part has its own sign-in; by default a refused token concerns the
 *   whole system
 * @param advice what can be done about a refusal, by its code or else its status
 */
export function piecemeal({
  signIns = 'shared',
  advice = {},
}: {
  readonly signIns?: 'shared' | 'own';
  readonly advice?: Readonly<Record<string, string>>;
} = {}): Piecemeal {
  const refused: RefusedPart[] = [];
  let first: SystemFailure | undefined;
  let wasRead = false;
  return {
    refused,
    async read(part, work) {
      try {
        const result = await work();
        wasRead = true;
        return result;
      } catch (error) {
        if (!(error instanceof SystemFailure)) throw error;
        const failure = advised(error, advice);
        const { kind, status, code } = failure.facts;
        if (
          (kind !== 'denied' && kind !== 'rejected') ||
          (signIns === 'shared' && status === 401)
        ) {
          throw failure;
        }
        first ??= failure;
        const { message } = failure;
        refused.push({ because: kind, ...refusedTexts(kind, { part, message, code }) });
        return undefined;
      }
    },
    goOn(earlier) {
      if (earlier.length === 0) return;
      wasRead = true;
      refused.push(...earlier);
    },
    end() {
      if (first !== undefined && !wasRead) throw first;
    },
  };
}

function advised(failure: SystemFailure, advice: Readonly<Record<string, string>>): SystemFailure {
  const action = advice[failure.facts.code ?? ''] ?? advice[String(failure.facts.status ?? '')];
  return action === undefined ? failure : new SystemFailure({ ...failure.facts, action });
}
