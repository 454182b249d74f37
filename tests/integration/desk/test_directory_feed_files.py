"""A spreadsheet at the desk: tried line by line, taken in, and taken in again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from thedeal.community.actions import feeds_files
from thedeal.community.models import Activity, FeedRun, Group, Source
from thedeal.partners.models import Authority

pytestmark = pytest.mark.django_db
HERE = "/desk/directory/feeds/"
SHEET = (
    "Name,Group,Day,Starts,Ends,Venue,Postcode,Cost,Phone\n"
    "Tea dance,Leigh Dancers,Tuesday,2pm,4pm,The hall,WN7 1EB,£2.50,01632 960001\n"
    ",Nobody,Friday,2pm,4pm,,,,\n"
    "Chess,Leigh Chess,Thursday,19:00,21:00,The mill,WN7 1EB,free,01632 960002\n"
)


@pytest.fixture
def council(cast):
    return Authority.objects.get(slug="makerfield")


def give(client, path, text=SHEET, *, called="list.csv", **said):
    """Give a file at a page of the desk; give the page it leads to."""
    file = SimpleUploadedFile(
        called, text if isinstance(text, bytes) else text.encode()
    )
    return client.post(f"{HERE}{path}", {"file": file, **said}, follow=True)


def test_a_trial_says_line_by_line_and_writes_nothing(signed_in, council):
    before = Activity.objects.count()
    page = give(signed_in("directory_editor"), "file/", do="try")
    assert "Say whose list it is" in page.content.decode()
    said = {"name": "The dancers’ sheet", "do": "try"}
    shown = give(signed_in("directory_editor"), "file/", **said).content.decode()
    assert "Nothing was written" in shown
    assert "line 2: Tea dance" in shown and "line 4: Chess" in shown
    assert "line 3" in shown and "Record without a name, left out" in shown
    assert "Leigh Dancers; Tuesdays, 2pm to 4pm; The hall, WN7 1EB; £2.50" in shown
    assert Activity.objects.count() == before


def test_it_is_taken_in_and_the_next_file_ends_what_is_gone(signed_in, council):
    client = signed_in("directory_editor")
    give(client, "file/", name="The sheet", do="take")
    source = Source.objects.get(key="the-sheet")
    dance = Activity.objects.get(name="Tea dance")
    assert (dance.cost_pence, dance.sessions.get().rule) == (
        250,
        "FREQ=WEEKLY;BYDAY=TU",
    )
    assert not dance.source.may_republish
    assert (
        f"{HERE}{source.pk}/file/" in client.get(f"{HERE}{source.pk}/").content.decode()
    )
    fewer = "\n".join(SHEET.splitlines()[:2])
    give(client, f"{source.pk}/file/", fewer, do="take")
    run = FeedRun.objects.filter(source=source).latest("started_at")
    assert (run.counts["unchanged"], run.counts["ended"]) == (1, 1)
    assert Group.objects.get(name="Leigh Chess").state == "ended"
    assert run.by_id is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"PK\x03\x04", "Save the sheet as CSV"),
        ("Name,Group\n", "list.csv is empty"),
        ("id,location_id,number\n1,2,3\n", "services.csv"),
        ("Name\n" + "".join(f"Choir {n}\n" for n in range(501)), "./deal feed import"),
    ],
)
def test_what_cannot_be_taken_is_said_and_leaves_no_empty_list(
    signed_in, council, text, said
):
    page = give(signed_in("directory_editor"), "file/", text, name="Odd", do="take")
    shown = page.content.decode()
    assert said in shown and 'value="Odd"' in shown
    assert not Source.objects.filter(name="Odd").exists()


def test_nothing_goes_out_again_on_no_licence(signed_in, council):
    said = {"name": "Odd", "may_republish": "on", "do": "take"}
    page = give(signed_in("directory_editor"), "file/", **said).content.decode()
    assert "licence" in page
    assert not Source.objects.filter(name="Odd").exists()


def test_too_many_bytes_are_not_even_read(monkeypatch, signed_in, council):
    monkeypatch.setattr(feeds_files, "MOST_BYTES", 100)
    page = give(signed_in("directory_editor"), "file/", name="Odd", do="try")
    assert "larger than a page can wait for" in page.content.decode()
