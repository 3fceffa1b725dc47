"""Holds DESIGN §2 on the syntax tree: roles, purity and arrows (guards and sizes: `architecture/`).

A new file fails here until its name stands under a role. The same name has the same role in every
package; where one differs for a reason, its path (`blog/host`) stands under the other role. A
folder (`blog/wordpress`) may have a role as a whole.
"""

import ast
import sys
from collections.abc import Iterable
from pathlib import Path

from .architecture.source import (
    DOOR,
    ROOT,
    Module,
    arrows,
    circles,
    doors,
    libraries,
    modules,
    needs,
    uses,
)
from .architecture.tells import unsteady, writes_sql

ROLES = {
    # plain data in, plain data out: no Flask, no database, no network, no clock, no environment
    "pure": """
        absolute addresses atom avatar body card cards chain checks classes columns diff draft facts
        host keys letter links lite_blocks lite_inline manuscript markdown marks markup network
        order paragraphs permissions pipeline place policy ranking reading report rhythm rights
        rules sanitise search settings skeleton source states thread tokens
        akismet_answer akismet_submission
        blog/wordpress
    """,
    # texts in the reader's language
    "words": "acts texts when wording",
    # tables, and all SQL
    "stored": """
        actions backup database health imports log migrate models newest portable queries rendering
        reports restore revisions schema shown storing tables
        erasing moderation/desk/waiting
    """,
    # other machines, other processes, the clock
    "outside": "akismet akismet_road brakes mail outbox worker",
    # gather, judge, act, tell: puts the others together for one purpose
    "shell": """
        asking brake changing clock confirming deciding doctor gather guesses importing intake jobs
        leaving moving naming previewing privacy rejudging sending site stopping telling view views
        voted voting withdrawing
        comments/me/export moderation/units/rights
    """,
    # one request, one answer
    "web": """
        accounts answers articles cache cli discussions editing errors feeds forms guard headers
        import_cli languages letters machines moved ops pages posting reader receipts routes routing
        show signing studio voter
        blog/host blog/site
    """,
    # puts the parts together
    "wiring": "app discussion extension neighbour",
}
MAY_IMPORT = {
    "pure": "pure",
    "words": "pure words",
    "stored": "pure stored",
    "outside": "pure stored outside",
    "shell": "pure words stored outside shell",
    "web": "pure words stored outside shell web",
    "wiring": "pure words stored outside shell web wiring",
    "none": "",
}
LIBRARIES = {
    "pure": "",
    "words": "babel flask_babel markupsafe",
    "stored": "alembic sqlalchemy",
    "outside": "akismet httpcore httpx huey limits sqlalchemy",
    "shell": "markupsafe sqlalchemy",
    "web": "click flask flask_babel flask_security flask_wtf markupsafe sqlalchemy werkzeug wtforms",
    "wiring": "flask flask_babel flask_migrate markupsafe sqlalchemy werkzeug",
    "none": "",
}
EXCEPTIONS = {
    # (who, what he takes beyond his role): why
    ("blog/cards", "markupsafe"): "view data holds HTML that is safe",
    ("comments/thread", "markupsafe"): "view data holds HTML that is safe",
    ("moderation/desk/card", "markupsafe"): "view data holds HTML that is safe",
    ("blog/extension", "babel"): "the type of what a request is answered in",
    ("blog/languages", "babel"): "a locale is read once, not at each request",
    ("app", "click"): "what does not fit is said to the command line in one line",
    ("comments/writing/body", "bleach"): "the markup is made with it",
    ("comments/writing/sanitise", "bleach"): "the markup is made with it",
    ("comments/writing/sanitise", "nh3"): "the witness of the markup",
    ("comments/writing/links", "nh3"): "the witness of the markup",
    ("comments/writing/markdown", "markdown_it"): "the markup is made with it",
    ("comments/writing/lite_blocks", "markdown_it"): "the markup is made with it",
    ("comments/writing/lite_inline", "markdown_it"): "the markup is made with it",
    ("comments/checks", "email_validator"): "it knows what an address looks like; asks no network",
    ("comments/mailing/letter", "email_validator"): "it knows how a domain is written in ASCII",
    ("comments/host", "sqlalchemy"): "the protocol names the type Engine",
    ("comments/keys", "cryptography"): "sealing; the salt of a seal is the library's own",
    ("comments/tokens", "itsdangerous"): "signing",
    ("blog/settings", "babel"): "it knows the names of time zones",
    ("blog/wordpress/parse", "defusedxml"): "the only way in which XML comes in",
    ("blog/guesses", "limits"): "reads what a limit is; counts with the plug-in's brakes",
    ("blog/models", "flask_sqlalchemy"): "the blog's tables are Flask-SQLAlchemy's",
    ("blog/models", "flask_security"): "what an account is",
    ("blog/cli", "email_validator"): "an account's address is checked as it is made",
    ("blog/site", "comments/extension"): "the type of the plug-in that the site holds",
    ("blog/importing", "comments/extension"): "the type of the plug-in that it is given",
    ("blog/importing", "blog/host"): "takes only `subject_of`",
    ("blog/queries", "comments/cache"): "takes only `Versions`, which reads the row of a version",
    ("comments/site", "comments/cache"): "the site holds the pages that are kept",
    ("comments/migrate", "comments/texts"): "takes only `beside`: where a folder lies",
}
KNOWS = {
    "comments": "comments",
    "moderation": "comments moderation",
    "blog": "blog",
    "blog.discussion": "comments",  # the one file of the blog that knows the plug-in
    "app": "app blog comments moderation",
}
ROOMS = "settings columns neighbour units screening site desk hub cli extension".split()
"""Rooms and top files of moderation; each imports only those before it."""

UNSTEADY = {
    # (who, what): why
    ("app", "os.environ"): "the one reader of the environment",
    ("blog/extension", "datetime.now"): "the clock that the parts are given",
    ("comments/site", "datetime.now"): "the clock that the parts are given",
    ("comments/brakes", "time.time"): "the clock of the windows, as a default argument",
    ("moderation/screening/akismet_road", "time.monotonic"): "the time that an answer may take",
    ("comments/worker", "time.time"): "the clock of the queue, as a default argument",
    ("blog/cli", "secrets.token_hex"): "a new account",
    ("blog/cli", "secrets.token_urlsafe"): "a new password",
    ("comments/proof/routes", "secrets.token_urlsafe"): "the secret address of a feed",
    ("comments/me/routes", "secrets.token_urlsafe"): "the secret address of a feed",
    ("moderation/desk/routes", "secrets.token_hex"): "the name of one go of decisions",
}
SQL_ELSEWHERE = {
    "comments/brakes": "its counters are its own table, and nobody else's",
    "comments/outbox": "leasing is its work",
    "blog/machines": "asks whether the database answers at all",
    "comments/cache": "one raw statement on a connection of its own, for each hit",
}
NETWORK = set(
    """
    asyncio ftplib http imaplib poplib smtplib socket socketserver ssl urllib.request
    akismet httpcore httpx redis requests
    """.split()
)
MACHINE = {"os", "random", "secrets", "signal", "socket", "subprocess", "tempfile", "uuid"}

ALL = list(modules().values())
ROLE = {name: role for role, names in ROLES.items() for name in names.split()}


def role_of(module: Module) -> str:
    folder, _, name = module.short.rpartition("/")
    return next((ROLE[key] for key in (module.short, folder, name) if key in ROLE), "none")


def short(name: str) -> str:
    return name.replace(".", "/")


def nothing_in(wrong: Iterable[str | tuple[str, str]]) -> None:
    """Fails with all of it, a line each."""
    found = sorted(wrong)
    assert not found, "\n" + "\n".join(map(str, found))


# roles


def test_every_file_has_a_role() -> None:
    nothing_in(m.short for m in ALL if role_of(m) == "none")


def test_no_name_stands_under_two_roles() -> None:
    names = [name for names in ROLES.values() for name in names.split()]
    nothing_in({name for name in names if names.count(name) > 1})


def test_every_name_under_a_role_is_a_file() -> None:
    there = {place for m in ALL for place in (m.short, *m.short.rpartition("/"))}
    nothing_in(ROLE.keys() - there)


def test_a_role_imports_only_what_it_may() -> None:
    nothing_in(
        f"{m.short} ({role_of(m)}) imports {short(name)} ({role_of(modules()[name])})"
        for m in ALL
        for name in uses(m)
        if role_of(modules()[name]) not in MAY_IMPORT[role_of(m)].split()
        and (m.short, short(name)) not in EXCEPTIONS
    )


def test_a_role_uses_only_its_libraries() -> None:
    nothing_in(
        f"{m.short} ({role_of(m)}) uses {library}"
        for m in ALL
        for library in libraries(m, sys.stdlib_module_names)
        if library not in LIBRARIES[role_of(m)].split() and (m.short, library) not in EXCEPTIONS
    )


def test_only_outside_touches_the_network() -> None:
    nothing_in(
        f"{m.short} imports {item.full}"
        for m in ALL
        for item in m.imports
        if {item.full, item.module, item.top} & NETWORK and role_of(m) != "outside"
    )


def test_pure_files_leave_the_machine_alone() -> None:
    nothing_in(
        f"{m.short} imports {item.module}"
        for m in ALL
        for item in m.imports
        if role_of(m) == "pure" and item.top in MACHINE and (m.short, item.top) not in EXCEPTIONS
    )


def test_every_exception_is_still_needed() -> None:
    nothing_in(EXCEPTIONS.keys() - {(m.short, what) for m in ALL for what in takes(m)})


def takes(module: Module) -> set[str]:
    return {item.top for item in module.imports} | {short(name) for name in uses(module)}


def test_clock_chance_and_environment_stand_where_the_table_says() -> None:
    assert {(m.short, name) for m in ALL for name in unsteady(m)} == set(UNSTEADY)


def test_sql_is_written_only_where_things_are_stored() -> None:
    assert {m.short for m in ALL if writes_sql(m) and role_of(m) != "stored"} == set(SQL_ELSEWHERE)


# arrows


def test_there_are_no_circles() -> None:
    nothing_in(" → ".join(ring) for ring in circles(arrows()))


def test_every_import_stands_at_the_top_of_its_file() -> None:
    nothing_in(f"{m.short}:{i.line} {i.full}" for m in ALL for i in m.imports_below_the_top)


def test_front_doors_hold_nothing_but_a_sentence() -> None:
    nothing_in(str(path.relative_to(ROOT)) for path in doors() if not is_a_sentence(path))


def is_a_sentence(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return len(tree.body) == 1 and "\n" not in (ast.get_docstring(tree) or "\n")


def test_every_import_of_ours_names_a_file() -> None:
    nothing_in(f"{m.short} imports {name}" for m in ALL for name in needs(m) - modules().keys())


def test_siblings_are_imported_by_relative_name() -> None:
    nothing_in(
        f"{m.short}:{i.line} {i.full}"
        for m in ALL
        for i in m.imports
        if i.top == m.package and not i.relative
    )


def test_packages_know_only_those_below_them() -> None:
    nothing_in(
        f"{m.short} imports {name}"
        for m in ALL
        for name in needs(m)
        if name.partition(".")[0] not in KNOWS[DOOR if m.name == DOOR else m.package].split()
    )


def test_rooms_of_moderation_import_only_to_their_right() -> None:
    nothing_in(
        f"{m.short} imports {name}"
        for m in ALL
        if m.package == "moderation"
        for name in needs(m)
        if name.startswith("moderation.") and room(name) > room(m.name)
    )


def room(name: str) -> int:
    return ROOMS.index(name.split(".")[1])


def test_nothing_of_the_product_knows_tests_examples_or_benches() -> None:
    outsiders = {"tests", "examples", "bench"}
    nothing_in(f"{m.short} imports {i.full}" for m in ALL for i in m.imports if i.top in outsiders)
