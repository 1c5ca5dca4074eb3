import { startTemporalServer } from '../../../src/temporal/local-server/start-server.ts';

const server = await startTemporalServer({ ui: false, log: process.argv[2] ?? '' });
process.send?.(server.pid);
setInterval(() => {}, 1_000);
