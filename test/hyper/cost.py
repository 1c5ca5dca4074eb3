"""Prints how long the engine takes for each of the statements on its input, over a million contact points: the best of three, in seconds."""
import json
import sys
import time

from tableauhyperapi import Connection, HyperProcess, Telemetry

ROWS = 1_000_000
order = json.load(sys.stdin)
with HyperProcess(Telemetry.DO_NOT_SEND_USAGE_DATA_TO_TABLEAU, parameters={"log_config": ""}) as hyper:
    with Connection(hyper.endpoint) as connection:
        for table, columns in order["tables"].items():
            made = ", ".join(f"{expression} AS {name}" for name, expression in columns.items())
            connection.execute_command(f"CREATE TEMP TABLE {table} AS SELECT {made} FROM generate_series(1, {ROWS}) AS g(n)")
        taken = {}
        for name, statement in order["statements"].items():
            best = None
            for _ in range(3):
                began = time.perf_counter()
                found = len(connection.execute_list_query(statement))
                spent = time.perf_counter() - began
                best = spent if best is None else min(best, spent)
            taken[name] = {"seconds": best, "found": found}
        print(json.dumps(taken))
