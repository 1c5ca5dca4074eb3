"""Reads a query's rows with Salesforce's public Python client into a CSV file; prints the seconds and the rows. Needs salesforce-datacloud-connector."""
import csv
import json
import sys
import time

from salesforce_datacloud_connector import connect

order = json.load(sys.stdin)
with open(order["privateKeyFile"]) as file:
    key = file.read()
connection = connect(login_url=order["core"], auth_type="jwt", username=order["username"], client_id=order["clientId"], jwt_private_key=key)
cursor = connection.cursor()
started = time.perf_counter()
cursor.execute(order["sql"])
rows = 0
with open(order["out"], "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow([column[0] for column in cursor.description])
    while batch := cursor.fetchmany(10000):
        writer.writerows(batch)
        rows += len(batch)
print(json.dumps({"seconds": time.perf_counter() - started, "rows": rows}))
