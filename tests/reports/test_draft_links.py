"""What a shown entity is tied to shows only where it is no draft itself."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_of_a_project_that_another_source_made_public(client):
    draft = factories.source(draft=True)
    hidden = {"entered_with": draft, "name_zh": "金丝雀", "name_en": "canary"}
    project = factories.project(
        entered_with=draft,
        agreement=factories.agreement(**hidden),
        places=[factories.place(**hidden | {"slug": "canary-place"})],
        sectors=[factories.sector(**hidden | {"slug": "canary-sector"})],
    )
    factories.participation(project=project)
    factories.milestone_date(milestone=factories.milestone(project=project), date="2020-05")
    factories.investment(project=project, amount_low=5, amount_high=5)
    pages = (
        "/projects/",
        "/projects.csv",
        project.get_absolute_url(),
        "/timeline/?by=sector",
        "/timeline/?by=place",
        "/investments/?by=sector",
        "/investments/?by=place",
    )

    def read(path):
        answer = client.get(path)
        return (b"".join(answer) if answer.streaming else answer.content).decode()

    assert not any("金丝雀" in read(path) or "canary" in read(path) for path in pages)
    draft.draft = False
    draft.save()
    assert "canary-place" in read("/projects.csv")
    assert all("金丝雀" in read(path) for path in pages[3:])
    assert "金丝雀" in read(project.get_absolute_url()) + read("/projects/")
