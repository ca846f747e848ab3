#!/usr/bin/env python3
"""Check what blocklint writes with readers that others wrote: the SARIF and JSON schemas with jsonschema, JUnit with junitparser.

Usage: formats.py BLOCKLINT SARIF_SCHEMA.json

Runs blocklint on the shipped programs, all of them at once, so that every shape of finding is written.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema
import junitparser

blocklint, sarif_schema = sys.argv[1], pathlib.Path(sys.argv[2])
formats = ["json", "sarif", "junit", "gitlab", "rdjson", "json-lines"]

with tempfile.TemporaryDirectory() as folder:
    outputs = {name: pathlib.Path(folder, name) for name in formats}
    command = [blocklint, "check", "--isolated", "--profile", "pedantic", "--quiet", "testdata/programs"]
    for name, path in outputs.items():
        command += ["--output", f"{name}={path}"]
    done = subprocess.run(command)
    assert done.returncode == 1, f"exit {done.returncode}"

    document = json.loads(outputs["json"].read_text())
    schema = json.loads(subprocess.run([blocklint, "schema", "findings"], check=True, capture_output=True).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    count = len(document["findings"])
    assert count > 10, f"only {count} findings"

    sarif = json.loads(outputs["sarif"].read_text())
    jsonschema.validate(sarif, json.loads(sarif_schema.read_text()))
    results = sarif["runs"][0]["results"]
    assert len(results) == count
    for result in results:
        assert len(result["message"]["text"]) <= 1024, result["message"]["text"]
        for place in result["locations"] + result["relatedLocations"]:
            uri = place["physicalLocation"]["artifactLocation"]["uri"]
            assert not uri.startswith("/") and ":" not in uri, uri

    suites = junitparser.JUnitXml.fromfile(str(outputs["junit"]))
    failures = [case for suite in suites for case in suite if any(isinstance(it, junitparser.Failure) for it in case.result)]
    assert len(failures) == count, f"{len(failures)} failures, {count} findings"

    issues = json.loads(outputs["gitlab"].read_text())
    assert len({issue["fingerprint"] for issue in issues}) == count, "GitLab shows one of several issues with the same fingerprint"
    diagnostics = json.loads(outputs["rdjson"].read_text())["diagnostics"]
    assert len(diagnostics) == count and all(it["related_locations"] for it in diagnostics)
    assert len(outputs["json-lines"].read_text().splitlines()) == count
print(f"{', '.join(formats)}: {count} findings each, read by others")
