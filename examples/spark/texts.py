"""Writes cables as JSON Lines with `id` and `text`: a folder of texts, or the dump with eight columns.

    texts.py FOLDER_OR_CSV > texts.jsonl
"""

import csv
import json
import pathlib
import sys


def of_folder(folder):
    for path in sorted(folder.rglob("*.txt")):
        yield {"id": path.name.split(".")[0], "text": path.read_bytes().decode("utf-8", "replace")}


def of_dump(path):
    csv.field_size_limit(1 << 30)
    with path.open(newline="") as file:
        for row, _, name, _, _, _, header, body in csv.reader(file, escapechar="\\", doublequote=False):
            yield {"id": name, "row": row, "text": f"{header}\n{body}" if header else body}


def main():
    path = pathlib.Path(sys.argv[1])
    for text in of_folder(path) if path.is_dir() else of_dump(path):
        print(json.dumps(text))


if __name__ == "__main__":
    main()
