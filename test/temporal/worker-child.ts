import { loadConfig } from '../../src/config/config.ts';
import { runWorkerProcess } from '../../src/temporal/worker.ts';

const [file = '', address = ''] = process.argv.slice(2);
try {
  await runWorkerProcess({
    config: loadConfig(file),
    variables: process.env,
    address,
    activitiesFor: async () => ({ nothing: async () => {} }),
    ready: (facts) => process.send?.(facts),
  });
} catch (error) {
  process.stderr.write(
    `${JSON.stringify({ error: (error as Error).name, message: (error as Error).message })}\n`,
  );
  process.exitCode = 1;
}
process.disconnect();
