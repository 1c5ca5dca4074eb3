import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { BARE_QUEUE } from './bare-queue.ts';

const [address = ''] = process.argv.slice(2);
Runtime.install({ logger: new DefaultLogger('ERROR') });
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection,
  taskQueue: BARE_QUEUE,
  workflowsPath: fileURLToPath(new URL('./bare-workflow.js', import.meta.url)),
  activities: { nothing: async () => {} },
  maxConcurrentActivityTaskExecutions: 25,
});
process.once('disconnect', () => worker.shutdown());
const running = worker.run();
process.send?.('ready');
await running;
await connection.close();
