"""Records what a real Prometheus answers to the ready mappings, for the unit tests.

Usage: record.py URL FILE
"""

import json
import pathlib
import re
import sys
import time
import urllib.parse
import urllib.request

STEP = 15
POINTS = 3
MAPPINGS = (
    pathlib.Path(__file__).parents[2]
    / "Services/StateSync/Service/Connectors/Prometheus/Mappings"
)

url, file = sys.argv[1:]
end = int(time.time()) // STEP * STEP
recorded = {"end": end, "step": STEP, "points": POINTS, "answers": {}}
for name in ["node_exporter", "postgres_exporter", "nginx"]:
    text = (MAPPINGS / f"{name}.yaml").read_text()
    for query in re.findall(r"^  - query: (.*)$", text, re.MULTILINE):
        query = query.replace("$step", f"{STEP}s")
        parameters = {"query": query, "start": end - (POINTS - 1) * STEP, "end": end, "step": STEP}
        with urllib.request.urlopen(f"{url}/api/v1/query_range?{urllib.parse.urlencode(parameters)}") as answer:
            recorded["answers"][query] = json.load(answer)
pathlib.Path(file).write_text(json.dumps(recorded, indent=1) + "\n")
