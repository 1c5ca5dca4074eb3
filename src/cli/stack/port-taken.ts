import { DossierError } from '../../client/dossier-error.ts';

/**
 * Turns a failure to listen on a port into an error with what to do. Any other failure passes.
 *
 * @throws DossierError `failed` that names the port, who may have it, and the flag or variable for
 *   another port
 */
export function portRefused(
  error: unknown,
  {
    port,
    host,
    flag,
  }: {
    readonly port: number;
    readonly host: string;
    readonly flag: string;
  },
): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const inWords: Readonly<Record<string, string>> = {
    EADDRINUSE: 'is taken by another process',
    EACCES: 'needs rights that this user does not have',
    EADDRNOTAVAIL: 'is no address of this machine',
  };
  const why =
    inWords[code] ??
    (error instanceof Error && /address already in use/i.test(error.message)
      ? inWords.EADDRINUSE
      : undefined);
  if (why === undefined) throw error;
  throw new DossierError(
    {
      code: 'failed',
      message: `${host}:${port} ${why}.`,
      where: flag,
      actions: [
        `Name another by ${flag}.`,
        ...(code === 'EADDRINUSE' ? [`See who has it: lsof -i :${port}, or ss -ltnp`] : []),
      ],
    },
    error,
  );
}
