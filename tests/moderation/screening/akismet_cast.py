"""Key, site and two comments that the tests of Akismet share."""

from moderation.screening.akismet_submission import Submission

KEY = "s3cr3tk3y5af"
SITE = "https://weerwoord.example/"
HAM = Submission(
    "Wij doen dit al jaren zo.",
    user_ip="203.0.113.77",
    author="Dia",
    author_email="dia@post.example",
    permalink="https://weerwoord.example/spaken/",
)
SPAM = Submission("Best casino in town", user_ip="198.51.100.9", author="Eve")
