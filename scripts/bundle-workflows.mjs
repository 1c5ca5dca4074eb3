// Bundles the workflow code once per build, so that a worker starts without a compiler.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const quiet = {
  log() {},
  trace() {},
  debug() {},
  info() {},
  warn: console.warn,
  error: console.error,
};
const target = path('../dist/workflow-bundle.js');
const { code } = await bundleWorkflowCode({
  workflowsPath: path('../dist/src/workflows/index.js'),
  workflowInterceptorModules: [path('../dist/src/workflows/foreign-signals.js')],
  failureConverterPath: path('../dist/src/codec/failure-converter.js'),
  logger: quiet,
});
const digest = (text) => createHash('sha256').update(text).digest('hex');
if (!existsSync(target) || digest(readFileSync(target)) !== digest(code)) {
  writeFileSync(target, code);
}
