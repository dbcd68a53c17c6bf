"""Compares what a cluster wrote with what one machine does: the same cables, whatever their order.

    compare.py TEXTS OUT --cable2json PATH

Exit code 0 when they are the same. Of `source`, `path` and `index` are left out: they count within a partition.
"""

import argparse
import collections
import json
import pathlib
import subprocess


def arguments():
    parser = argparse.ArgumentParser(description="Compares what a cluster wrote with what one machine does.")
    parser.add_argument("texts", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--cable2json", required=True)
    return parser.parse_args()


def cables(lines):
    """How often each cable is there."""
    count = collections.Counter()
    for line in lines:
        cable = json.loads(line)
        name = cable["source"]["metadata"]["id"]
        del cable["source"]["path"], cable["source"]["index"]
        count[name, json.dumps(cable, sort_keys=True)] += 1
    return count


def main():
    options = arguments()
    command = [options.cable2json, "--from", "jsonl", options.texts]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as one_machine:
        wanted = cables(one_machine.stdout)
    got = cables(line for part in sorted(options.out.glob("part-*")) for line in part.open("rb"))
    missing, more = wanted - got, got - wanted
    print(f"one machine: {wanted.total()} cables; cluster: {got.total()}; missing {missing.total()}, more {more.total()}")
    for name, _ in [*missing, *more][:10]:
        print(f"  differs: {name}")
    raise SystemExit(bool(missing or more))


if __name__ == "__main__":
    main()
