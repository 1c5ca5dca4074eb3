"""Starts a data access request, answers for a vendor and reads the status, with the Temporal SDK for Python and plain JSON.

Arguments: the server's address, the request's ID, the address of the payload codec.
"""

import asyncio
import base64
import json
import sys
import urllib.request
from dataclasses import replace
from datetime import datetime, timezone
from typing import Sequence

from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.converter import DataConverter, PayloadCodec


class RemoteCodec(PayloadCodec):
    """Decrypts what workers encrypted. With `encode_too`, what is sent is encrypted before it leaves this process."""

    def __init__(self, endpoint: str, encode_too: bool) -> None:
        self.endpoint = endpoint
        self.encode_too = encode_too

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return await self.ask("encode", payloads) if self.encode_too else list(payloads)

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return await self.ask("decode", payloads)

    async def ask(self, what: str, payloads: Sequence[Payload]) -> list[Payload]:
        def text(value: bytes) -> str:
            return base64.b64encode(value).decode()

        sent = [{"metadata": {key: text(value) for key, value in it.metadata.items()}, "data": text(it.data)} for it in payloads]
        request = urllib.request.Request(
            f"{self.endpoint}/{what}", json.dumps({"payloads": sent}).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:
            got = json.load(answer)["payloads"]
        return [Payload(metadata={key: base64.b64decode(value) for key, value in it["metadata"].items()}, data=base64.b64decode(it["data"])) for it in got]


async def connect(address: str, endpoint: str, encode_too: bool) -> Client:
    converter = replace(DataConverter.default, payload_codec=RemoteCodec(endpoint, encode_too))
    return await Client.connect(address, namespace="default", data_converter=converter)


async def answer(address: str, request_id: str, endpoint: str, encode_too: bool) -> dict:
    client = await connect(address, endpoint, encode_too)
    request = {
        "requestId": request_id,
        "type": "access",
        "subject": {"emails": ["vera@example.com"]},
        "law": "gdpr",
        "residence": {"country": "DE"},
        "receivedAt": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "identity": "confirmed",
        "policy": {"systems": ["acme-mail", "acme-post"]},
    }
    handle = await client.start_workflow("dataAccessRequest", request, id=f"dsar-{request_id}", task_queue="dossier")
    await handle.signal("vendorResponded", {"system": "acme-mail", "outcome": "nothing-held", "by": "python"})
    refused = ""
    try:
        await handle.execute_update("respondForVendor", {"system": "no-such-vendor", "outcome": "nothing-held", "by": "python"})
    except WorkflowUpdateFailedError as failure:
        refused = str(failure.cause)
    await handle.execute_update("respondForVendor", {"system": "acme-post", "outcome": "nothing-held", "by": "python"})
    while (status := await handle.query("status"))["stage"] != "delivered":
        await asyncio.sleep(0.1)
    return {"status": status, "refused": refused}


async def main() -> None:
    address, request_id, endpoint = sys.argv[1:]
    clear = await answer(address, f"{request_id}-clear", endpoint, encode_too=False)
    encrypted = await answer(address, f"{request_id}-encrypted", endpoint, encode_too=True)
    print(json.dumps({"clear": clear, "encrypted": encrypted}))


asyncio.run(main())
