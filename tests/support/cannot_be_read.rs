//! Group 27: text that is no cable. All of it is invented.

pub(crate) const ALL: &[(&str, &str)] = &[
    ("an empty file", ""),
    ("white space alone", " \n\r\n\t\n\u{c}\n"),
    (
        "a letter",
        "Dear Mr. Halvorsen,\n\nThank you for your letter of May 3 on the subject of umbrellas. To answer it:\n\n1. The umbrella is \
         yours.\n2. It was raining.\n\nYours sincerely,\nMaren Toivola\n",
    ),
    (
        "a press article",
        "Harbor fair draws crowds\n\nLISBON, May 7 - The second Harbor Lights fair closed on Sunday with a record of 41,200 visitors.\n\nA \
         leaked SECRET memo, first reported by a local paper, had warned of the roof.\n",
    ),
    (
        "a report",
        "ANNUAL REPORT ON FELT BOOTS\n\nTable of contents\n1. Introduction ........ 3\n2. Method .............. 7\n\nSubject: boots of felt, \
         their number and size.\n",
    ),
    (
        "an e-mail",
        "From: Rosalind Tamberlane <rt@example.org>\nTo: Petra Lowndes <pl@example.org>\nDate: Tue, 8 Dec 2009 10:00:00 +0200\nSubject: \
         ferry\n\nPetra,\n\nthe ferry has not moved.\n\nRosalind\n",
    ),
    (
        "an e-mail that quotes a line of a cable",
        "From: Rosalind Tamberlane <rt@example.org>\nTo: Petra Lowndes <pl@example.org>\nSubject: ferry\n\nPetra,\n\n> 4. (C) COMMENT: We \
         would not stand in the way of this vessel.\n\nagreed.\nRosalind\n",
    ),
    (
        "HTML of an error page",
        "<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head>\n<body><h1>Not Found</h1>\n<p>The requested URL /cable/2009/12 was \
         not found on this server.</p></body></html>\n",
    ),
    ("one word", "SIPDIS\n"),
    ("a list of numbers", "1.\n2.\n3.\n"),
    ("a program", "fn main() {\n    // TO do: FM radio\n    println!(\"UNCLAS\");\n}\n"),
];
