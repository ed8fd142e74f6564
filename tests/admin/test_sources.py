"""Sources are published on the site, and made drafts again, many at once."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User

from projects.models import Source
from tests import factories
from tests.admin.pages import address, told

pytestmark = pytest.mark.django_db


def act(client, action: str, *sources: Source):
    chosen = {"action": action, "_selected_action": [source.pk for source in sources]}
    return client.post(address(Source, "changelist"), chosen)


def test_publish_counts_those_that_were_drafts(staff):
    one, two = factories.source(draft=True), factories.source(draft=True)
    other, out = factories.source(draft=True), factories.source(draft=False)
    response = act(staff, "publish", one, two, out)
    assert told(response) == ["2 sources were published on the site."]
    assert set(Source.objects.filter(draft=False)) == {one, two, out}
    assert other in Source.objects.filter(draft=True)
    assert LogEntry.objects.count() == 2


def test_make_a_draft_again(staff):
    one, two = factories.source(draft=False), factories.source(draft=False)
    assert told(act(staff, "make_draft", one)) == ["1 source was made a draft again."]
    assert set(Source.objects.filter(draft=True)) == {one}
    assert two in Source.objects.filter(draft=False)


def test_who_may_only_look_publishes_nothing(staff, editor):
    source = factories.source(draft=True)
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_source"))
    staff.force_login(reader)
    page = staff.get(address(Source, "changelist")).content.decode()
    assert "Publish on the site" not in page
    act(staff, "publish", source)
    source.refresh_from_db()
    assert source.draft
