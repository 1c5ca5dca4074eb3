import { refusedTexts } from '../../contract/gap-texts.ts';
import { SystemFailure } from '../../http/failure.ts';
import type { MissingPart } from '../spi.ts';

/** What a refused part is in the package. */
export interface RefusedPart extends MissingPart {
  readonly because: 'denied' | 'rejected';
}

/**
 * Reads a system part by part (lists, sites, objects, business units), so that one that is refused
 * takes nothing else with it.
 */
export interface Piecemeal {
  /**
   * Reads one part. Gives nothing where the system refused it, which `refused` then names. @throws
   * whatever is no refusal of this part alone
   */
  read<Result>(part: string, work: () => Promise<Result>): Promise<Result | undefined>;
  /** The parts that were refused so far. */
  readonly refused: readonly RefusedPart[];
  /** Takes over what an earlier attempt was refused, where this one goes on behind it. */
  goOn(earlier: readonly RefusedPart[]): void;
  /**
   * Ends the reading. @throws the first refusal, where no part was read: then it is the system that
   * refuses us
   */
  end(): void;
}

/**
 * @param signIns whether each part has a sign-in of its own; by default a refused token is no
 *   matter of one part
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
