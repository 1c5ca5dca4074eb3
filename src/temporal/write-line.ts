import { fstatSync, writeSync } from 'node:fs';

const STDERR = 2;
let isFile: boolean | undefined;

/**
 * Writes a line of the log on standard error. A file that has no room costs this line and no later
 * one, whereas a stream of Node never writes again after a failure.
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
    // There is nowhere to say it: what needs room says so in the status of every request.
  }
}
