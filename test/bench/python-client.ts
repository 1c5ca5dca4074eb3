import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';

/** What the client is asked to do. */
export interface PythonOrder {
  readonly core: string;
  readonly clientId: string;
  readonly username: string;
  readonly privateKeyFile: string;
  readonly sql: string;
  readonly out: string;
}

/**
 * How long Salesforce's public Python client takes to read a query into a CSV file, and how many
 * rows it wrote; undefined where it is not installed. `DOSSIER_BENCH_PYTHON` names the Python that
 * has it.
 */
export async function readByPython(
  order: PythonOrder,
): Promise<{ readonly seconds: number; readonly rows: number } | undefined> {
  const python = process.env.DOSSIER_BENCH_PYTHON ?? 'python3';
  const run = async (args: readonly string[], input: string) => {
    const child = spawn(python, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const ended = new Promise<number | null>((resolve) => {
      child.once('error', () => resolve(null)).once('close', resolve);
    });
    child.stdin.on('error', () => undefined).end(input);
    const [out, said, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { out, said, code };
  };
  if ((await run(['-c', 'import salesforce_datacloud_connector'], '')).code !== 0) return undefined;
  const { out, said, code } = await run(
    [fileURLToPath(new URL('../../../test/bench/python-client.py', import.meta.url))],
    JSON.stringify(order),
  );
  if (code !== 0) throw new Error(`The Python client failed: ${said.trim().split('\n').at(-1)}`);
  return JSON.parse(out) as { seconds: number; rows: number };
}
