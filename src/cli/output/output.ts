import { folded } from './wrapped.ts';
import type { DossierErrorFacts } from '../../client/dossier-error.ts';
import { visible, visibleJson } from '../../contract/visible.ts';

/** The two streams that a command writes to. */
export interface Streams {
  readonly stdout: {
    write(text: string): unknown;
    readonly isTTY?: boolean;
    readonly columns?: number;
  };
  readonly stderr: {
    write(text: string): unknown;
    readonly isTTY?: boolean;
    readonly columns?: number;
  };
}

/**
 * The output of a command: results on stdout, everything else on stderr. With `--json`, stdout
 * holds only JSON.
 */
export interface Output {
  readonly json: boolean;
  /** Whether to use colours on stdout. */
  readonly colour: boolean;
  /** Characters in a line of the terminal. Infinity if stdout is not a terminal. */
  readonly width: number;
  /**
   * Prints the result. With `--json` it is the object, in one line. Else it is the lines, broken at
   * spaces at the terminal's width.
   */
  result(value: unknown, lines: readonly string[]): void;
  /** Prints progress and hints for people. */
  note(line: string): void;
  error(facts: DossierErrorFacts): void;
  /** Prints the help unchanged; on stderr if the command is missing. */
  help(text: string, stream?: 'stdout' | 'stderr'): void;
}

/** The colours in our own lines. Every other escape sequence comes from data. */
const COLOUR = /\u001b\[(?:[0-9]|2[0-9]|3[0-9]|9[0-7])m/g;

/**
 * A line that is safe for a terminal. Data cannot add a line, move the cursor or turn the direction
 * of writing. Every line passes here.
 */
function lineOf(line: string, colour: boolean): string {
  if (!colour) return visible(line);
  const colours = [...line.matchAll(COLOUR)].map(([code]) => code);
  return line
    .split(COLOUR)
    .map((text, index) => `${visible(text)}${colours[index] ?? ''}`)
    .join('');
}

/**
 * The output of one invocation.
 *
 * @see https://no-color.org
 */
export function createOutput(
  { stdout, stderr }: Streams,
  json: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): Output {
  const width = (stdout.isTTY === true && stdout.columns) || Infinity;
  const errorWidth = (stderr.isTTY === true && stderr.columns) || Infinity;
  const colour =
    !json && stdout.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb';
  return {
    json,
    colour,
    width,
    result(value, lines) {
      stdout.write(
        json
          ? `${visibleJson(JSON.stringify(value))}\n`
          : lines
              .flatMap((line) => folded(lineOf(line, colour), width))
              .map((line) => `${line}\n`)
              .join(''),
      );
    },
    note(line) {
      stderr.write(
        folded(lineOf(line, colour), errorWidth)
          .map((it) => `${it}\n`)
          .join(''),
      );
    },
    help(text, stream = 'stdout') {
      const fitted = text
        .split('\n')
        .flatMap((line) => folded(line, width))
        .join('\n');
      if (stream === 'stdout') stdout.write(fitted);
      else if (!json) stderr.write(fitted);
    },
    error({ code, message, where, actions }) {
      if (json) {
        stdout.write(
          `${visibleJson(JSON.stringify({ error: { code, message, where, actions } }))}\n`,
        );
      } else {
        stderr.write(
          [`dossier: ${message}`, ...actions.map((action) => `  ${action}`)]
            .flatMap((line) => folded(lineOf(line, false), errorWidth))
            .map((line) => `${line}\n`)
            .join(''),
        );
      }
    },
  };
}
