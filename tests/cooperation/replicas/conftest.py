"""A site on a primary and two replicas, in the suite's leg on PostgreSQL."""

import os

import pytest

from tests.cooperation.replicas.cluster import Cluster, a_folder, programs
from tests.cooperation.replicas.site import running
from tests.cooperation.waiting import until

IN_THE_LEG = bool(os.environ.get("TEST_DATABASE_URL"))
# Servers of one's own would be the same in the leg on SQLite. In CI they have to be there.
collect_ignore_glob = [] if IN_THE_LEG and (programs() or os.environ.get("CI")) else ["test_site*"]


@pytest.fixture(scope="session")
def cluster():
    with a_folder() as folder:
        made = Cluster(folder)
        try:
            made.begin()
            yield made
        finally:
            made.end()


@pytest.fixture(scope="session")
def running_site(cluster):
    with running(cluster) as site:
        yield site


@pytest.fixture
def site(cluster, running_site):
    """The site while it reads both replicas."""
    all_read(cluster, running_site)
    return running_site


def all_read(cluster, site):
    """Wait until visitors are given either replica and none the primary, by every process.

    Each process looks for itself, a second apart: of few visitors, all may meet the same one.
    """

    def both():
        before = cluster.reads()
        for _ in range(24):
            site.browser().get("/projects/")
        primary, *replicas = (now - then for now, then in zip(cluster.reads(), before, strict=True))
        return primary == 0 and min(replicas) > 0

    cluster.followed()
    until(both)
