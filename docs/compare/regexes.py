#!/usr/bin/env python3
"""What one writes without a parser: a regex a field, as benches/parse.rs has them in corpus/regex.

usage: regexes.py FOLDER > out.jsonl            JSON Lines with the keys of cable2json
       regexes.py FOLDER --against cables.jsonl  how many fields agree with the output of cable2json on the same folder
"""
import json, re, sys
from pathlib import Path

DTG = re.compile(r'^([OPRZ](?: [OPRZ])?) (\d{6}Z [A-Z]{3} \d{2})', re.M)
FROM = re.compile(r'^FM (.+)$', re.M)
TO = re.compile(r'^TO (.+)$', re.M)
INFO = re.compile(r'^INFO (.+)$', re.M)
CLASS = re.compile(r'^(UNCLAS|C O N F I D E N T I A L|S E C R E T)(?: SECTION (\d+) OF (\d+))? ([A-Z ]+) (\d{6})', re.M)
ORDER = re.compile(r'^E\.? ?O\.? ?(\d{5}): (.+)$', re.M)
TAGS = re.compile(r'^TAGS:? (.+)$', re.M)
SUBJECT = re.compile(r'^SUBJECT: (.+(?:\n\S.*)*)', re.M)
REF = re.compile(r'^REFS?(?:TEL)?:? (.+)$', re.M)
PARAGRAPH = re.compile(r'^¶?(\d{1,3})\. (\([A-Z/]+\))?', re.M)
ADDRESSEE = re.compile(r'(?:([A-Z]+)/)?(.*?)(?: (PRIORITY|IMMEDIATE|ROUTINE))?(?: (\d{4}))?$')
LEVELS = {'UNCLAS': 'UNCLASSIFIED', 'C O N F I D E N T I A L': 'CONFIDENTIAL', 'S E C R E T': 'SECRET'}


def addressees(line):
    if line is None:
        return []
    routing_indicator, name, precedence, serial = ADDRESSEE.match(line).groups()
    return [dict(routing_indicator=routing_indicator, name=name, precedence=precedence, serial=serial)]


def fields(text):
    found = lambda regex, group=1: (m := regex.search(text)) and m[group] and m[group].strip()
    number = found(CLASS, 5)
    subject = found(SUBJECT)
    return {
        'dtg': {'text': found(DTG, 2)},
        'from': {'name': found(FROM)},
        'to': addressees(found(TO)),
        'info': addressees(found(INFO)),
        'classification': {'level': LEVELS.get(found(CLASS))},
        'section': {'of': int(found(CLASS, 3) or 0) or None},
        'mrn': {'post': (found(CLASS, 4) or '').replace(' ', '') or None, 'number': number and int(number)},
        'executive_order': {'number': int(found(ORDER) or 0) or None, 'text': found(ORDER, 2)},
        'tags': [{'tag': tag} for tag in re.split(r'[, ]+', found(TAGS) or '') if tag],
        'subject': subject and ' '.join(subject.split()),
        'references': [{'kind': 'cable', 'label': a or None, 'number': int(n)}
                       for a, n in re.findall(r'(?:([A-Z])[.)] )?(?:\d\d )?[A-Z ]{3,} (\d+)', found(REF) or '')],
        'body': [{'kind': 'paragraph', 'number': int(n), 'portion_mark': mark.strip('()') or None}
                 for n, mark in PARAGRAPH.findall(text)],
    }


def plain(name, value):
    """What of a field both have."""
    value = value or {}
    few = lambda *keys: [[item.get(key) for key in keys] for item in value]
    return {
        'dtg': lambda: value.get('text'), 'from': lambda: value.get('name'), 'classification': lambda: value.get('level'),
        'section': lambda: value.get('of'), 'mrn': lambda: (value.get('post'), value.get('number')),
        'executive_order': lambda: value.get('number'), 'tags': lambda: few('tag'),
        'to': lambda: few('routing_indicator', 'name', 'precedence', 'serial'),
        'info': lambda: few('routing_indicator', 'name', 'precedence', 'serial'),
        'references': lambda: few('label', 'number'), 'subject': lambda: value or None,
        'body': lambda: [[b.get('number'), b.get('portion_mark')] for b in value if b['kind'] == 'paragraph'],
    }[name]()


def main(folder, *against):
    texts = {path.name: path.read_text() for path in sorted(Path(folder).iterdir()) if path.is_file()}
    if not against:
        for name, text in texts.items():
            print(json.dumps({'source': {'path': name}} | fields(text)))
        return
    cables = {Path(c['source']['path']).name: c for c in map(json.loads, open(against[1]))}
    agree = {}
    for name, text in texts.items():
        for field, value in fields(text).items():
            agree.setdefault(field, []).append(plain(field, value) == plain(field, cables[name][field]))
    for field, same in agree.items():
        print(f'{field:16} {sum(same):3} of {len(same)}')


if __name__ == '__main__':
    if len(sys.argv) not in (2, 4):
        sys.exit(__doc__)
    main(*(arg for arg in sys.argv[1:]))
