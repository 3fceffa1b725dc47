"""Every page of the product in every state that matters: who looks at it and how he comes there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from . import desk
from .discussion import answer, check_nothing_before_sending, fill_in, post
from .visitor import Visitor

LONG = "/vijf-vormen-en-wat-ze-kosten/"
WITHDRAWN = "/binnen-een-dag/"


@dataclass(frozen=True)
class Shown:
    """`open` brings a visitor there; `login` is who he is signed in as."""

    name: str
    open: Callable[[Visitor], object]
    login: str = ""


def at(path: str) -> Callable[[Visitor], object]:
    return lambda visitor: visitor.go(path)


def furnish(ada: Visitor, dirk: Visitor) -> None:
    """What the demo world lacks: an article that was withdrawn, and a desk with nothing left to do."""
    desk.come_to_desk(ada, "ada")
    ada.link("Studio").click()
    ada.page.get_by_role("main").get_by_role("link", name="Binnen een dag", exact=True).click()
    ada.button("Intrekken").click()
    expect(ada.page.get_by_role("status")).to_be_visible()
    desk.come_to_desk(dirk, "dirk")
    dirk.button("Goedkeuren").click()
    expect(dirk.page.get_by_role("heading", level=2)).to_have_text("Alles gedaan")


def waiting(visitor: Visitor) -> None:
    visitor.go(LONG)
    fill_in(visitor, "Bij ons heet ze *Fenna*, en ze is volgende maand met verlof.")
    post(visitor)


def answering(visitor: Visitor) -> None:
    visitor.go(LONG)
    answer(visitor, "Monique is ook onze Monique.")


def reading_on(visitor: Visitor) -> None:
    """He was here in the middle of it, and finds one of the comments useful."""
    visitor.go(LONG)
    visitor.page.evaluate(
        """() => localStorage.setItem(`ww seen ${document.getElementById("comments").dataset.key}`,
          JSON.stringify({ newest: "2026-07-09T00:00Z", at: 0 }))"""
    )
    visitor.page.reload()
    expect(visitor.page.locator(".ww-bar")).to_be_visible()
    useful = visitor.page.locator("article button[form=ww-acts]").first
    useful.click()
    expect(useful).to_have_attribute("aria-pressed", "true")


def answering_by_address(visitor: Visitor) -> None:
    answering(visitor)
    visitor.go(visitor.page.locator(".ww-reply").nth(3).get_attribute("href") or "")


def nearly_too_long(visitor: Visitor) -> None:
    visitor.go("/wie-neemt-het-over/")
    visitor.page.get_by_label("Je reactie").fill("Niemand neemt het over. " * 208)


def refused(visitor: Visitor) -> None:
    visitor.go(LONG)
    fill_in(visitor, "Dit *staat* er nog helemaal.", "", "dia@lezers")
    visitor.page.get_by_label("Website").fill("geen adres")
    check_nothing_before_sending(visitor)
    post(visitor)


def expired(visitor: Visitor) -> None:
    visitor.go(LONG)
    visitor.page.locator("#respond [name=token]").evaluate("input => { input.value = 'oud'; }")
    fill_in(visitor, "Dit stond lang open.")
    post(visitor)


def previewed(visitor: Visitor) -> None:
    visitor.go(LONG)
    fill_in(visitor, "Dit *staat* er straks. Zie https://a.example en https://b.example")
    visitor.page.get_by_text("Opmaak", exact=True).click()
    visitor.button("Voorbeeld").click()
    expect(visitor.page.locator("#ww-preview")).to_be_visible()


def own(visitor: Visitor, way: str) -> None:
    """The page at which he changes or withdraws what he just posted."""
    waiting(visitor)
    visitor.page.locator("[data-posted]").get_by_role("link", name=way).click()
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("Je reactie")


def wrong_password(visitor: Visitor) -> None:
    visitor.go("/login")
    visitor.page.get_by_label("E-mailadres").fill("ada@weerwoord.example")
    visitor.page.get_by_label("Wachtwoord").fill("geraden")
    visitor.button("Inloggen").click()
    expect(visitor.page.get_by_role("alert")).to_be_visible()


def chosen(visitor: Visitor) -> None:
    visitor.go("/desk/")
    for box in visitor.page.get_by_role("checkbox").all()[:3]:
        box.check()


def decided(visitor: Visitor) -> None:
    visitor.go("/desk/")
    desk.decide(desk.cards(visitor).last, "Goedkeuren")
    expect(visitor.button("Ongedaan maken")).to_be_visible()


def taken_back(visitor: Visitor) -> None:
    decided(visitor)
    visitor.button("Ongedaan maken").click()
    visitor.sees("teruggedraaid")


def one_card(visitor: Visitor) -> None:
    """That of the first comment of all, which was answered."""
    visitor.go("/twee-voordeuren-en-geen-gang/")
    number = visitor.page.locator("article.ww-comment").first.get_attribute("id") or ""
    visitor.go(f"/desk/{number.removeprefix('comment-')}")


def conflict(visitor: Visitor) -> None:
    """As if the page had been open since before the last decision."""
    one_card(visitor)
    visitor.page.locator(".ww-decide [name=version]").evaluate("input => { input.value = '0'; }")
    visitor.button("Afwijzen").click()
    visitor.headed("Iemand was je voor")


def keys(visitor: Visitor) -> None:
    visitor.go("/desk/")
    visitor.button("Toetsen").click()
    expect(visitor.page.get_by_role("dialog")).to_be_visible()


def a_report(visitor: Visitor) -> None:
    visitor.go("/een-vloer-om-op-te-staan/")
    visitor.page.get_by_role("link", name="Melden").first.click()
    visitor.headed("Een reactie melden")


def report_refused(visitor: Visitor) -> None:
    a_report(visitor)
    visitor.page.get_by_label("Het is strafbaar of verboden").check()
    visitor.page.locator("#report").evaluate("form => { form.noValidate = true; }")
    visitor.button("Melding versturen").click()
    expect(visitor.page.get_by_role("alert")).to_be_visible()


def an_article(visitor: Visitor, title: str = "Een nieuwe spaak in een week") -> None:
    visitor.go("/studio/")
    visitor.page.get_by_role("main").get_by_role("link", name=title, exact=True).click()
    expect(visitor.page.get_by_label("Titel")).to_have_value(title)


def article_refused(visitor: Visitor) -> None:
    an_article(visitor)
    visitor.page.get_by_label("Adres", exact=True).fill("Geen Adres!")
    visitor.page.get_by_label("Onderwerpen").fill("een, twee, " * 20)
    visitor.button("Bewaren").click()
    expect(visitor.page.get_by_role("alert")).to_be_visible()


def article_conflict(visitor: Visitor) -> None:
    an_article(visitor)
    visitor.page.locator("[name=version]").evaluate("input => { input.value = '0'; }")
    visitor.button("Bewaren").click()
    expect(visitor.page.get_by_role("alert")).to_be_visible()


def article_previewed(visitor: Visitor) -> None:
    an_article(visitor)
    visitor.button("Voorbeeld").click()
    expect(visitor.button("Terug naar het schrijven")).to_be_visible()


GALLERY = (
    Shown("home", at("/")),
    Shown("home-page-2", at("/page/2/")),
    Shown("article-empty", at("/wie-neemt-het-over/")),
    Shown("article-long", at(LONG)),
    Shown("article-closed", at("/veertien-paginas-tegen-de-pret/")),
    Shown("article-waiting", waiting),
    Shown("article-answering", answering),
    Shown("article-answering-by-address", answering_by_address),
    Shown("article-nearly-too-long", nearly_too_long),
    Shown("article-reading-on", reading_on),
    Shown("article-most-useful", at(f"{LONG}?order=useful")),
    Shown("article-as-staff", at(LONG), "bob"),
    Shown("form-refused", refused),
    Shown("form-expired", expired),
    Shown("report", a_report),
    Shown("report-refused", report_refused),
    Shown("reported", at("/comments/een-vloer-om-op-te-staan/42/reported?letter=1")),
    Shown("article-marked", at("/een-vloer-om-op-te-staan/")),
    Shown("article-slow", at("/een-vraag-geen-vlag/")),
    Shown("form-preview", previewed),
    Shown("own-edit", lambda visitor: own(visitor, "Bewerken")),
    Shown("own-withdraw", lambda visitor: own(visitor, "Intrekken")),
    Shown("own-page", at("/me/")),
    Shown("follow", at("/comments/een-vloer-om-op-te-staan/follow")),
    Shown("link-of-no-use", at("/me/confirm/verzonnen")),
    Shown("tag", at("/tag/hub-en-spoke/")),
    Shown("author", at("/author/dirk-bouzidi/")),
    Shown("search", at("/search")),
    Shown("search-found", at("/search?q=midden")),
    Shown("search-nothing", at("/search?q=kwantummechanica")),
    Shown("privacy", at("/privacy")),
    Shown("not-found", at("/nergens/")),
    Shown("withdrawn", at(WITHDRAWN)),
    Shown("login", at("/login")),
    Shown("login-refused", wrong_password),
    Shown("account", at("/account"), "ada"),
    Shown("desk", at("/desk/"), "hub"),
    Shown("desk-chosen", chosen, "hub"),
    Shown("desk-decided", decided, "hub"),
    Shown("desk-taken-back", taken_back, "hub"),
    Shown("desk-keys", keys, "hub"),
    Shown("desk-spam", at("/desk/?q=is:spam"), "hub"),
    Shown("desk-edited", at("/desk/?q=is:edited"), "hub"),
    Shown("desk-reported", at("/desk/?q=is:reported"), "hub"),
    Shown("desk-discussion", at("/desk/discussion/een-vloer-om-op-te-staan"), "cas"),
    Shown("desk-misunderstood", at("/desk/?q=from:jan"), "hub"),
    Shown("desk-all-done", at("/desk/"), "dirk"),
    Shown("desk-nothing", at("/desk/?q=is:withdrawn"), "dirk"),
    Shown("desk-card", one_card, "bob"),
    Shown("desk-conflict", conflict, "bob"),
    Shown("studio", at("/studio/"), "ada"),
    Shown("studio-new", at("/studio/new"), "dirk"),
    Shown("studio-edit", an_article, "dirk"),
    Shown("studio-refused", article_refused, "dirk"),
    Shown("studio-conflict", article_conflict, "dirk"),
    Shown("studio-preview", article_previewed, "dirk"),
)
