"""Who reads which server, and what is seen while servers are lost, late, stopped and promoted."""

import pytest

from tests.cooperation.replicas.conftest import all_read
from tests.cooperation.replicas.site import statuses
from tests.cooperation.waiting import until

pytestmark = pytest.mark.xdist_group("replicas")

PAUSE, RESUME = "SELECT pg_wal_replay_pause()", "SELECT pg_wal_replay_resume()"
SEVER = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
)


def grown(cluster, ask):
    """By how many reads each server's count grew while something was asked."""
    before = cluster.reads()
    ask()
    return [now - then for now, then in zip(cluster.reads(), before, strict=True)]


def test_visitors_read_the_replicas_and_never_the_primary(cluster, site):
    def ask():
        for path in ("/", "/projects/?q=p", "/sectors.csv", "/projects/project/", "/nowhere/"):
            for _ in range(8):
                assert site.browser().get(path).status in (200, 404)

    primary, first, second = grown(cluster, ask)

    assert primary == 0
    assert min(first, second) > 0


def test_a_visitor_keeps_to_one_replica_and_is_given_no_cookie(cluster, site):
    visitor = site.browser()

    primary, *replicas = grown(cluster, lambda: [visitor.get("/projects/") for _ in range(10)])

    assert primary == min(replicas) == 0
    assert visitor.cookies == {}


def test_an_account_reads_the_replicas_once_they_have_what_it_wrote(cluster, site):
    editor = site.browser().log_in()
    cluster.followed()

    until(lambda: grown(cluster, lambda: editor.get("/projects/"))[0] == 0)


def test_forms_and_questions_read_the_primary(cluster, site):
    editor = site.browser().log_in()
    cluster.followed()
    pages = ["/admin/", f"/statements/investment/{site.investment}/stand/"]

    def ask():
        for page in pages * 5:
            assert editor.get(page).status == 200

    assert grown(cluster, ask)[1:] == [0, 0]


def test_who_saves_sees_it_at_once_and_late_replicas_are_left_out(cluster, site):
    editor = site.browser().log_in()
    for replica in cluster.replicas:
        replica.execute(PAUSE)
    try:
        assert site.rename(editor, "Second name").status == 302
        for _ in range(5):
            assert "Second name" in editor.get("/sectors.csv").words
        assert "Second name" not in site.browser().get("/sectors.csv").words
        # In the end it is the primary that everybody reads, whichever process answers.
        until(lambda: all(_reads(site, "Second name") for _ in range(10)))
    finally:
        for replica in cluster.replicas:
            replica.execute(RESUME)
    all_read(cluster, site)


def _reads(site, name):
    return name in site.browser().get("/sectors.csv").words


def test_an_idle_primary_makes_no_replica_late(cluster, site):
    cluster.followed()
    # It has no time where nothing was replayed since the server began.
    quiet = "SELECT coalesce(now() - pg_last_xact_replay_timestamp() > interval '4 s', true)"
    until(lambda: all(replica.execute(quiet)[0] for replica in cluster.replicas))

    until(lambda: grown(cluster, lambda: site.browser().get("/projects/"))[0] == 0)


def test_what_a_replica_breaks_off_is_answered_by_the_primary(cluster, site):
    with site.under_load(lambda browser: browser.get("/projects/?per_page=100")) as answers:
        for _ in range(20):
            for replica in cluster.replicas:
                replica.execute(SEVER)
        until(lambda: len(answers) > 40)

    assert statuses(answers) == {200: len(answers)}


def test_nobody_notices_a_replica_that_is_killed_and_it_is_taken_back(cluster, site):
    lost = cluster.replicas[0]
    with site.under_load() as answers:
        lost.stop()
        seen = len(answers)
        until(lambda: len(answers) > seen + 30)
        lost.start()
        all_read(cluster, site)

    assert statuses(answers) == {200: len(answers)}


def test_a_primary_that_is_stopped_stops_saving_alone(cluster, site):
    editor = site.browser().log_in()
    cluster.primary.stop("fast")
    try:
        assert site.browser().get("/projects/").status == 200
        answer = editor.post(f"/admin/projects/sector/{site.sector}/change/", {"name_en": "Lost"})
    finally:
        cluster.primary.start()

    assert answer.status == 503
    assert answer.headers["Retry-After"] == "10"
    assert "网站暂时无法使用" in answer.words
    assert "The site is not available just now" in answer.words
    assert site.rename(editor, "Third name").status == 302


@pytest.mark.proof
def test_accounts_are_served_again_as_soon_as_the_primary_is(cluster, site, figure):
    editor = site.browser().log_in()

    def ask(browser):
        browser.cookies |= editor.cookies
        return browser.get("/admin/")

    with site.under_load(ask) as answers:
        until(lambda: len(answers) > 20)
        cluster.primary.stop("fast")
        until(lambda: any(answer.status == 503 for answer in answers))
        cluster.primary.start()
        back = len(answers) + 8  # those that were on their way
        until(lambda: len(answers) > back + 20)

    after = answers[back:]
    faults = [answer for answer in answers if answer.status not in (200, 503)]
    refused = [answer for answer in after if answer.status != 200]
    figure("D8", "faults under load while PostgreSQL restarts", len(faults), "0")
    figure("D8", "pages refused once it is back", f"{len(refused)} of {len(after)}", "0")
    assert set(statuses(answers)) == {200, 503}
    assert refused == []


def test_a_primary_that_takes_no_writes_refuses_them_in_words(cluster, site):
    editor = site.browser().log_in()
    # The form itself is refused by a process that has to connect anew.
    version = site.version(editor)
    cluster.primary.execute("ALTER SYSTEM SET default_transaction_read_only = on")
    try:
        cluster.primary.execute("SELECT pg_reload_conf()")
        answers = [site.save(editor, "Never", version) for _ in range(3)]
    finally:
        cluster.primary.execute("SET default_transaction_read_only = off")
        cluster.primary.execute("ALTER SYSTEM RESET default_transaction_read_only")
        cluster.primary.execute("SELECT pg_reload_conf()")

    assert {answer.status for answer in answers} == {503}
    assert all("the database is read-only" in answer.words for answer in answers)
    until(lambda: site.rename(editor, "Fourth name").status == 302)


def test_writes_go_on_at_the_replica_that_is_promoted(cluster, site):
    editor = site.browser().log_in()
    follower, promoted = cluster.replicas[1], cluster.replicas[0]
    cluster.followed()
    cluster.primary.stop()
    try:
        promoted.control("promote")
        until(lambda: site.rename(editor, "At the new primary").status == 302)
        for _ in range(5):
            assert "At the new primary" in editor.get("/sectors.csv").words
        # What still follows the old one is late before long.
        until(lambda: "At the new primary" in site.browser().get("/sectors.csv").words)
    finally:
        promoted.stop()
        cluster.primary.start()
        promoted.follow(cluster.primary)
    until(lambda: follower.execute("SELECT count(*) > 0 FROM pg_stat_wal_receiver")[0])
    all_read(cluster, site)
