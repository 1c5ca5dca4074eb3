import { isUnreadable } from '../codec/codec.ts';
import { DossierError } from './dossier-error.ts';

/**
 * The error for a result that the keys at hand do not decrypt, or undefined. `done` says what was
 * done nevertheless.
 */
export function unreadableBy(value: unknown, where: string, done = ''): DossierError | undefined {
  if (!isUnreadable(value)) return undefined;
  const key = value.unreadable;
  return new DossierError({
    code: 'invalid-config',
    message:
      `${done}${key} is not the key this request was written with, or DOSSIER_CODEC_KEYS does ` +
      'not hold it here.',
    where,
    actions: [
      `Add the right key ${key} to DOSSIER_CODEC_KEYS, or name the configuration whose .env ` +
        'holds it by --config.',
    ],
  });
}
