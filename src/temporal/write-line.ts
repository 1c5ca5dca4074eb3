import { fstatSync, writeSync } from 'node:fs';

const STDERR = 2;
let isFile: boolean | undefined;

/**
 * Writes a line of the log to standard error. If the file has no room, only this line is lost. A
 * stream of Node would never write again after a failure.
 */
export function writeLine(line: string): void {
  isFile ??= fstatSync(STDERR).isFile();
  if (!isFile) {
    process.stderr.write(`${line}\n`);
    return;
  }
  try {
    writeSync(STDERR, `${line}\n`);
  } catch {
    // There is nowhere to report it. Whatever needs room reports that in the status of its request.
  }
}
