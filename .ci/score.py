#!/usr/bin/env python3
"""Scores the build against the labelled cables and refuses a fall.

usage: score.py BINARY SHARED
.ci/thresholds holds a line a measure: the least per cent reached so far.
"""
import json, pathlib, subprocess, sys

binary, shared = sys.argv[1:3]
least = {}
for line in pathlib.Path(__file__).with_name("thresholds").read_text().splitlines():
    if line.strip() and not line.startswith("#"):
        name, value = line.rsplit(None, 1)
        least[name] = float(value)
run = subprocess.run([sys.executable, f"{shared}/score/score.py", binary, f"{shared}/gold", "--json"], stdout=subprocess.PIPE, check=True)
got = json.loads(run.stdout)
fallen = 0
for name in sorted(set(least) | set(got)):
    have, want = got.get(name, {}).get("percent"), least.get(name)
    sign = " "
    if have is None or (want is not None and have < want):
        sign, fallen = "!", fallen + 1
    print(f"{sign} {name:34s} {have!s:>6} % (least {want})")
if fallen:
    sys.exit(f"{fallen} measures fell below what was reached before")
