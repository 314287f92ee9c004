#!/usr/bin/env python3
"""Asks the twin before a change is applied, and obeys.

    arbiter_check.py                                  checks the change below
    arbiter_check.py '{"type": "scaling", ...}'       checks another one

Needs Python 3.8 and nothing else. TWIN_URL names another address than http://localhost:8090. Ends with 0 when the
change may be applied, 1 when it must not be, 2 when nobody could tell.
"""

import json
import os
import sys
import urllib.error
import urllib.request

TWIN = os.environ.get("TWIN_URL", "http://localhost:8090")
STOP_SCORE = 50

CHANGE = {
    "type": "config_change",
    "target": "postgresql-primary",
    "environment": "production",
    "change": {"max_connections": 500, "shared_buffers": "2GB"},
}


def simulate(change_request):
    """The twin's answer; what isn't a "success" says why under "error"."""
    request = urllib.request.Request(
        f"{TWIN}/api/v1/simulation/run",
        data=json.dumps(
            {"change_request": change_request, "duration_hours": 24, "risk_level": "high"}
        ).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.load(response)
    except urllib.error.HTTPError as problem:
        # A problem document (RFC 9457): "detail" is for people, "errors" names each field.
        return {"status": "failed", "error": json.load(problem).get("detail", str(problem))}
    except OSError as problem:
        return {"status": "failed", "error": f"{TWIN} doesn't answer: {problem}"}


def main():
    change_request = json.loads(sys.argv[1]) if len(sys.argv) > 1 else CHANGE
    result = simulate(change_request)
    if result["status"] != "success":
        # No answer is no permission.
        print(f"STOP: the change could not be simulated: {result['error']}")
        return 2
    impact = result["predicted_impact"]
    print(f"risk score {impact['risk_score']:.0f}, confidence {result['confidence']:.2f}")
    for issue in impact["issues"]:
        print(f"  {issue['severity']} {issue['code']}: {issue['message']}")
    if impact["risk_score"] >= STOP_SCORE:
        print(f"STOP: {impact['recommendation']} {result.get('approval_id', '')}".rstrip())
        return 1
    print(f"GO: {impact['recommendation']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
