#!/usr/bin/env python3
"""Compares a score with the floors: recall by family must not fall below, false alarms must not rise above.

  floors.py SCORE.json FLOORS.json

A floors file holds, by set, any of:
  {"cases": {"recall": {"geo.capital": 0.9}, "false_alarms": 2, "false_alarms_per_100k_chars": 0.3}}
Prints one line for each that fell, and ends in 1 if any did. A set or family that was not scored is a failure too:
a floor that nothing is measured against holds nothing.
"""
import json
import sys


def fallen(name, floors, score):
    if score is None:
        yield f"{name}: not scored"
        return
    for family, floor in sorted(floors.get("recall", {}).items()):
        hit, expected = score["recall_by_family"].get(family, (0, 0))
        if not expected:
            yield f"{name}: {family}: nothing of this family was scored"
        elif hit / expected < floor:
            yield f"{name}: {family}: recall {hit}/{expected} = {hit / expected:.3f}, floor {floor}"
    for key in ("false_alarms", "false_alarms_per_100k_chars"):
        if key in floors and score[key] > floors[key]:
            yield f"{name}: {key} {score[key]}, ceiling {floors[key]}"
    for key in sorted(set(floors) - {"recall", "false_alarms", "false_alarms_per_100k_chars"}):
        yield f"{name}: the floors have a key that means nothing: {key}"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as f:
        score = json.load(f)
    with open(sys.argv[2], encoding="utf-8") as f:
        floors = json.load(f)
    lines = [line for name, of in sorted(floors.items()) for line in fallen(name, of, score.get(name))]
    for line in lines:
        print(f"fell: {line}")
    print(f"floors: {len(floors)} sets, {len(lines)} fell")
    sys.exit(1 if lines else 0)


if __name__ == "__main__":
    main()
