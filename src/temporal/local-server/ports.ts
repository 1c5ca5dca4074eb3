import { createServer, type AddressInfo } from 'node:net';

/** All our own servers listen here and nowhere else. */
export const LOOPBACK = '127.0.0.1';

/** The given port on 127.0.0.1 if it is free, else any free one. */
export async function freePort(asked?: number): Promise<number> {
  return (
    (asked === undefined || asked === 0 ? undefined : await tryPort(asked)) ??
    (await tryPort(0)) ??
    0
  );
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const { port: free } = probe.address() as AddressInfo;
      probe.close(() => resolve(free));
    });
  });
}
