#!/bin/sh
# What the rules of blocklint.bzl run, without Bazel: two targets, summarized apart and checked together. Prints the findings.
# Usage: example.sh path/to/blocklint
set -eu
blocklint=$(realpath "${1:-$(command -v blocklint)}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

mkdir -p services/orders libraries/store out
printf 'import time\n\n\ndef load(key):\n    time.sleep(1)\n    return key\n' > libraries/store/store.py
printf 'from libraries.store.store import load\n\n\nasync def order(key):\n    return load(key)\n' > services/orders/server.py

# One action a target: Bazel runs them anywhere, and again only when the target's own files change.
"$blocklint" summarize --isolated --no-cache --out out/store.blocklint libraries/store/store.py
"$blocklint" summarize --isolated --no-cache --out out/server.blocklint services/orders/server.py

# The test: no sources are needed any more.
mv services libraries out/
status=0
"$blocklint" check --isolated --no-cache --output-format concise --summaries out/store.blocklint out/server.blocklint || status=$?
exit "$status"
