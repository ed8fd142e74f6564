"""The table of `make prove`."""

from prove import measured, table


def test_figures_of_both_databases_stand_in_one_line():
    figures = {
        ("A10", "a second thing", "0"): {"PostgreSQL": "0"},
        ("A2", "中文", "at least 5"): {"SQLite": "7", "PostgreSQL": "8"},
    }

    assert table(figures).splitlines() == [
        "     what            SQLite  PostgreSQL  mark",
        "A2   中文            7       8           at least 5",
        "A10  a second thing  -       0           0",
    ]


def test_what_a_probe_hands_over_is_read_from_its_report(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite><testcase><properties><property name="figure" '
        'value="D3&#9;both accepted&#9;0 of 200&#9;0" /><property name="other" value="x" />'
        "</properties></testcase></testsuite></testsuites>"
    )

    assert list(measured(report)) == [("D3", "both accepted", "0 of 200", "0")]
    assert list(measured(tmp_path / "none.xml")) == []
