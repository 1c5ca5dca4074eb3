/**
 * Characters of a text that are looked at; the rest is only counted. A log line is for people, and
 * a payload may hold 2 MiB.
 */
const LONGEST = 4_000;
/** A run of digits and separators of at least this length may be a person's number. */
const SHORTEST_NUMBER = 8;

/**
 * A text without e-mail addresses, long numbers and the names of vendors' files, which may be the
 * person's.
 *
 * Every pattern takes whole runs of characters and never goes back over one. The work therefore
 * grows with the text and not with its square.
 */
export function scrub(text: string): string {
  const { kept, more } = cut(text);
  const clean = kept
    .replace(/[\w./-]+/g, withoutFile)
    .replace(/[^\s"'<>(),;]+/g, withoutEmail)
    .replace(/[\d+][\d ()/-]*/g, withoutNumber);
  return more === 0 ? clean : `${clean} … [${more} more characters]`;
}

/**
 * The beginning of a long text. It ends between words, because half an address is not recognized as
 * one.
 */
function cut(text: string): { kept: string; more: number } {
  if (text.length <= LONGEST) return { kept: text, more: 0 };
  let end = LONGEST;
  while (end > 0 && !isSpace(text.charCodeAt(end - 1))) {
    end -= 1;
  }
  while (end > 0 && !isLetter(text.charCodeAt(end - 1))) {
    end -= 1;
  }
  return { kept: text.slice(0, end), more: text.length - end };
}

const isSpace = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d);
const isLetter = (code: number): boolean =>
  (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);

/** `systems/acme-mail/acme-mail-1/Ana-Lima.csv` without its last part. */
function withoutFile(path: string): string {
  const start = path.startsWith('systems/')
    ? 0
    : Math.max(
        path.indexOf('/systems/') + 1,
        path.indexOf('.systems/') + 1,
        path.indexOf('-systems/') + 1,
      );
  const folders = start === 0 && !path.startsWith('systems/') ? -1 : path.lastIndexOf('/') + 1;
  return folders > start + 'systems/'.length && folders < path.length
    ? `${path.slice(0, folders)}[file]`
    : path;
}

/**
 * A run of characters without an e-mail address: all before the first `@`, back to a `:` or `=`,
 * and all after it.
 */
function withoutEmail(run: string): string {
  const at = run.indexOf('@', 1);
  if (at === -1) return run;
  const start = Math.max(run.lastIndexOf(':', at - 1), run.lastIndexOf('=', at - 1)) + 1;
  return start >= at ? run : `${run.slice(0, start)}[e-mail]`;
}

function withoutNumber(run: string): string {
  let end = run.length;
  while (end > 0 && !isDigit(run.charCodeAt(end - 1))) {
    end -= 1;
  }
  return end < SHORTEST_NUMBER ? run : `[number]${run.slice(end)}`;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
