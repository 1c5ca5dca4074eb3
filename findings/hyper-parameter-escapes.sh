#!/usr/bin/env bash
# The query service of Hyper (tableauhyperapi 0.0.26963, the engine behind Salesforce Data Cloud) takes a statement's values
# as JSON text. JSON lets any letter be written as \u and four digits, and many encoders do so by default: Python's
# `json.dumps` writes "Zoë" that way. The service refuses it, and takes the same JSON with the letter itself. Short escapes
# such as \t are fine, so a control character that has none cannot be sent at all. Needs: Python 3 with pip.
# Dossier: values are written as UTF-8; the engine itself puts such characters in by their numbers
# (src/salesforce/sql-parameters.ts).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tableauhyperapi==0.0.26963 grpcio==1.85.3
cat > "$folder/check.py" <<'PY'
import json, os, pathlib, socket, subprocess, sys
import grpc, tableauhyperapi
os.chdir(sys.argv[1])

def field(number, value):
    """One field of a protobuf message: a number, or bytes."""
    def varint(left):
        return bytes([left]) if left < 128 else bytes([left % 128 + 128]) + varint(left // 128)
    return varint(number * 8) + varint(value) if isinstance(value, int) else varint(number * 8 + 2) + varint(len(value)) + value

def query(sql, parameters):
    # forcedotcom/datacloud-jdbc, hyper_service.proto: query 1, output format 3 (JSON_ARRAY 6), transfer mode 5 (SYNC 2), style 6 (NAMED 2), json_parameters 8
    return field(1, sql.encode()) + field(3, 6) + field(5, 2) + field(6, 2) + field(8, field(127, parameters.encode()))

program = pathlib.Path(tableauhyperapi.__file__).parent / 'bin/hyper/hyperd'
with socket.socket() as probe:
    probe.bind(('127.0.0.1', 0))
    port = probe.getsockname()[1]
engine = subprocess.Popen([program, 'run', '--no-password', '--skip-license', '--log-config=', '--init-user=tableau_internal_user', f'--listen-connection=tcp.grpc://127.0.0.1:{port}'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    channel = grpc.insecure_channel(f'127.0.0.1:{port}')
    grpc.channel_ready_future(channel).result(timeout=60)
    execute = channel.unary_stream('/salesforce.hyperdb.grpc.v1.HyperService/ExecuteQuery', request_serializer=None, response_deserializer=None)
    def outcome(parameters):
        try:
            return 'taken' if 'Zoë'.encode() in b''.join(execute(query('SELECT :given AS answer', parameters), timeout=30)) else 'answered otherwise'
        except grpc.RpcError as error:
            return f'refused: {error.details().splitlines()[0]}'
    value = [{'name': 'given', 'type': 'varchar', 'value': 'Zoë\tLi'}]
    escaped, plain = outcome(json.dumps(value)), outcome(json.dumps(value, ensure_ascii=False))
finally:
    engine.terminate()
    engine.wait(timeout=30)
print(f'{json.dumps(value)}: {escaped}\n{json.dumps(value, ensure_ascii=False)}: {plain}')
as_described = escaped.startswith('refused') and plain == 'taken'
print('as described' if as_described else 'the behaviour has changed')
sys.exit(0 if as_described else 1)
PY
"$folder/venv/bin/python" "$folder/check.py" "$folder"
