"""Starts a request, records a vendor's reply and waits for the package, with Temporal's SDK for Python.

Arguments: the server's address, the request's ID, the address of the codec endpoint.
"""

import asyncio
import base64
import json
import sys
import urllib.request
from dataclasses import replace
from datetime import datetime, timezone

from temporalio.api.common.v1 import Payload
from temporalio.client import Client
from temporalio.converter import DataConverter, PayloadCodec


class CodecEndpoint(PayloadCodec):
    """Has payloads encrypted before they leave this process, and decrypted when they come."""

    def __init__(self, url):
        self.url = url

    async def encode(self, payloads):
        return await asyncio.to_thread(self.ask, "encode", payloads)

    async def decode(self, payloads):
        return await asyncio.to_thread(self.ask, "decode", payloads)

    def ask(self, what, payloads):
        text = lambda data: base64.b64encode(data).decode()
        sent = [{"metadata": {key: text(it.metadata[key]) for key in it.metadata}, "data": text(it.data)} for it in payloads]
        body = json.dumps({"payloads": sent}).encode()
        asked = urllib.request.Request(f"{self.url}/{what}", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(asked) as response:
            got = json.load(response)["payloads"]
        data = base64.b64decode
        return [Payload(metadata={key: data(it["metadata"][key]) for key in it["metadata"]}, data=data(it["data"])) for it in got]


async def main(address, request_id, codec):
    converter = replace(DataConverter.default, payload_codec=CodecEndpoint(codec))
    client = await Client.connect(address, data_converter=converter)
    request = {
        "requestId": request_id,
        "type": "access",
        "subject": {"emails": ["ana.lima@example.com"]},
        "residence": {"country": "DE"},
        "receivedAt": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "identity": "confirmed",
        "policy": {"systems": ["acme-mail"]},
    }
    handle = await client.start_workflow("dataAccessRequest", request, id=f"dsar-{request_id}", task_queue="dossier")
    # A fact is a signal: recorded, and never refused.
    await handle.signal("vendorResponded", {"system": "acme-mail", "outcome": "nothing-held", "by": "privacy@acme-mail.example"})
    # The workflow itself ends when everything is deleted, a month later: ask for the stage.
    while (status := await handle.query("status"))["stage"] not in ("delivered", "refused", "withdrawn", "closed"):
        await asyncio.sleep(1)
    print(f"{status['stage']}: {status['package']['uri']}")


asyncio.run(main(*sys.argv[1:]))
