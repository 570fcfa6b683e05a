"""What does a pack tell those who have only openssl and coreutils?"""

from __future__ import annotations

from collections.abc import Sequence

SHARED = """\
set -eu
sha() { openssl dgst -sha256 -binary | base64; }
node() { { printf '\\001'; echo "$1" | base64 -d; echo "$2" | base64 -d; } | sha; }
{ read -r origin; read -r size; read -r root; } <checkpoint.txt
[ "$(tr -d '\\000' <lines.jsonl | wc -c)" -eq "$(wc -c <lines.jsonl)" ] || { echo "zero bytes in lines" >&2; exit 1; }
"""
WHOLE = f"""\
#!/bin/sh
# Have the lines here the root that was signed (RFC 6962, 2.1)? Pairs of hashes are joined, row by row.
{SHARED}\
row=$(while IFS= read -r line || [ -n "$line" ]; do printf '\\000%s' "$line" | sha; done <lines.jsonl)
while [ "$(echo "$row" | wc -l)" -gt 1 ]; do
  row=$(echo "$row" | while read -r left; do
    if read -r right; then node "$left" "$right"; else echo "$left"; fi
  done)
done
[ "$row" = "$root" ] || {{ echo "NOT what was sealed" >&2; exit 1; }}
[ "$(wc -l <lines.jsonl)" -eq "$size" ] || {{ echo "NOT as many lines as were sealed" >&2; exit 1; }}
echo "$size lines, as they were sealed: $origin"
"""
"""Prints what holds, or fails. Fifteen lines with its head."""
PARTIAL = f"""\
#!/bin/sh
# Does the proof of each line here lead to the root that was signed (RFC 9162, 2.1.3.2)? `at` falls to 0 on the way.
{SHARED}\
half() {{ at=$((at / 2)); last=$((last / 2)); }}; exec 3<lines.jsonl
for proof in proofs/*.tlog-proof; do
  IFS= read -r line <&3; found=$(printf '\\000%s' "$line" | sha); last=$((size - 1))
  {{ read -r form; read -r word at; case $at in *[!0-9]*) exit 1; esac; while read -r hash && [ -n "$hash" ]; do
      if [ $((at % 2)) -eq 0 ] && [ "$at" -lt "$last" ]; then found=$(node "$found" "$hash")
      else found=$(node "$hash" "$found"); until [ $((at % 2)) -eq 1 ] || [ "$at" -eq 0 ]; do half; done
      fi; half; done; }} <"$proof"
  [ "$last $found" = "0 $root" ] || {{ echo "$proof: NOT under the checkpoint" >&2; exit 1; }}
done
if read -r line <&3 || [ -n "$line" ]; then echo "more lines than proofs" >&2; exit 1; fi; echo "all hold: $origin"
"""
"""The same for lines that are some of those sealed: fifteen beneath its head. Shells run what they compute: digits."""

VERIFY = """\
# How to check this pack

{what}
The checkpoint is signed by {names}.

You need a shell, openssl (3.0 or later) and coreutils; nothing of the program that made this pack. Run the commands in
this folder, one after the other. Each ends with exit code 0 where all is well, and with another where it is not.

## 1. Was anything damaged on the way?

```sh
sha256sum --check --quiet --strict MANIFEST.sha256
```

That guards against accidents only: whoever changes a file can also change the manifest.

## 2. Are these the keys that you know?

Hold these verifier keys against those that the sealer gave you, or published, apart from this pack. Were they only in
the pack, the rest would show no more than that the pack agrees with itself.

```sh
cat keys/*/vkey
```

The other forms of each key are the same key:

```sh
(
for key in keys/*; do
  [ "$(openssl pkey -pubin -in "$key/key.pem" -outform DER | tail -c 32 | base64)" = \\
    "$(cut -d + -f 3- "$key/vkey" | base64 -d | tail -c 32 | base64)" ] || exit 1
  [ "$(tail -n 1 "$key/signify.pub" | base64 -d | tail -c 32 | base64)" = \\
    "$(cut -d + -f 3- "$key/vkey" | base64 -d | tail -c 32 | base64)" ] || exit 1
done
)
```

## 3. Did they sign the checkpoint?

A checkpoint (`checkpoint.txt`) is three lines: the ledger, how many lines it had, and their root. What a key signed
ends in these lines; where it begins with `cosignature/v1`, a witness signed them at that time (POSIX seconds).

```sh
(
for key in keys/*; do
  openssl pkeyutl -verify -pubin -inkey "$key/key.pem" -rawin -in "$key/signed" -sigfile "$key/signature" || exit 1
  [ "$(tail -n 3 "$key/signed")" = "$(cat checkpoint.txt)" ] || exit 1
done
)
```

The same by another program (Debian calls it signify-openbsd, others signify):

```sh
(
for key in keys/*; do
  signify-openbsd -V -p "$key/signify.pub" -x "$key/signify.sig" -m "$key/signed" || exit 1
done
)
```

## 4. Are the lines here those that the checkpoint pins?

```sh
sh check.sh
```

It takes some minutes for ten thousand lines. It is short enough to be read, or typed anew:

```text
{script}```

## What the other files are

- `checkpoint` is the whole note (C2SP signed-note, tlog-checkpoint), `earlier/` holds notes before it, each with the
  hashes that show that the ledger only grew from there (RFC 9162, 2.1.4; as in C2SP tlog-witness).
- `lines.jsonl` holds the events, one a line; `schemas/` says what each kind of event may hold (JSON Schema). The actor
  of a line is what the recording program was told.
- `status.csv` and `slips.csv` were worked out from all events up to #{known}, on {on}: nobody signed them. Who doubts
  them takes the whole ledger and works them out anew.
- `about.json` says all this for programs.
"""


def verify_text(
    title: str, origin: str, shown: str, size: int, names: Sequence[str], whole: bool, known: int, on: str
) -> str:
    """The page VERIFY.md; `shown` tells which lines there are."""
    which = "all of them" if whole else f"{shown} of them, each with a proof"
    what = f"Ledger “{title}” ({origin}): its first {size:,} lines are pinned by a checkpoint, and here are {which}."
    return VERIFY.format(what=what, names=", ".join(names), script=script(whole=whole), known=known, on=on)


def script(*, whole: bool) -> str:
    """The shell script check.sh."""
    return WHOLE if whole else PARTIAL
