"""Runs processes side by side until one ends or somebody stops them, by honcho; says only what matters."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Timer

from honcho.environ import parse_procfile
from honcho.manager import SYSTEM_PRINTER_NAME, Manager
from honcho.printer import Message, Printer

LOOK_AGAIN = 0.05
ENDED = re.compile(r"(\S+) stopped \(rc=(-?\d+)\)")
INTERRUPTED = {130, 143}
"""What honcho says where SIGINT or SIGTERM ended it."""


class Lines(Printer):
    """What the processes say; of honcho's own lines only who ended first is kept, the rest is left out."""

    first = ("", 0)

    def write(self, message: Message) -> None:
        if message.name != SYSTEM_PRINTER_NAME:
            super().write(message)
        elif not self.first[0] and (found := ENDED.match(message.data)):
            self.first = (found[1], int(found[2]))


class Processes(Manager):
    def terminate(self) -> None:
        """Honcho can't end what it has not seen start."""
        if self._all_started():
            super().terminate()
        else:
            Timer(LOOK_AGAIN, self.terminate).start()


def commands(procfile: Path) -> dict[str, str]:
    """What each process of a Procfile runs, by its name."""
    return dict(parse_procfile(procfile.read_text("utf-8")).processes)


def run(wanted: Mapping[str, str], environ: Mapping[str, str], folder: Path) -> int:
    """0 where it was stopped from outside, else the status of the process that ended by itself."""
    lines = Lines(sys.stdout)
    manager = Processes(lines)
    for name, command in wanted.items():
        manager.add_process(name, command, env=dict(environ), cwd=str(folder))
    manager.loop()
    if manager.returncode in INTERRUPTED:
        return 0
    name, code = lines.first
    status = code if code >= 0 else 128 - code
    print(
        f"{name} ended by itself, with status {status}; so everything was stopped.", file=sys.stderr
    )
    return status
