"""Files of other event data sets, with the traps that they hold."""
from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from rawabit.cli import main
from rawabit.ledger import Ledger, LedgerWriter
from rawabit.ledger.exchange import foreign
from rawabit.ledger.exchange.columns import GDELT1, GDELT2, ICEWS, POLECAT
from rawabit.ledger.exchange.export import write_export
from rawabit.ledger.exchange.foreign import Import, import_files
from rawabit.ledger.exchange.lines import MAXIMAL_LINE
from rawabit.ledger.filters import Filters

MakeLedger = Callable[..., Ledger]
GDELT_ROW = {"GLOBALEVENTID": "1", "SQLDATE": "20180901", "Actor1Code": "RUSGOV", "Actor1Name": "MOSCOW", "Actor1CountryCode": "RUS",
             "Actor1Type1Code": "GOV", "Actor2Code": "USA", "Actor2Name": "UNITED STATES", "Actor2CountryCode": "USA", "EventCode": "010",
             "GoldsteinScale": "0.0", "ActionGeo_FullName": "Baku, Azerbaijan", "ActionGeo_CountryCode": "AJ",
             "DATEADDED": "20180902", "SOURCEURL": "http://x.example/a"}
ICEWS_ROW = {"Event ID": "7", "Event Date": "2018-09-01", "Source Name": "Vladimir Putin", "Source Sectors": "Government,Executive",
             "Source Country": "Russian Federation", "Event Text": "Consult", "CAMEO Code": "040", "Intensity": "1.0",
             "Target Name": "Citizen (Syria)", "Target Sectors": "NULL", "Target Country": "Syria", "Story ID": "9",
             "Sentence Number": "1", "Publisher": "Agency", "City": "Sochi", "District": "NULL", "Province": "NULL",
             "Country": "Russian Federation", "Latitude": "43.6", "Longitude": "39.7"}
POLECAT_ROW = {"Event ID": "a_1", "Event Date": "2018-09-01", "Event Type": "ACCUSE", "Event Mode": "disapprove", "Intensity": "-2.0",
               "Quad Code": "VERBAL CONFLICT", "Contexts": "military; diplomatic", "Actor Name": "United States; United Kingdom",
               "Actor Country": "USA; GBR", "Recipient Country": "RUS|UKR", "Recipient Name": "None", "Recipient Name Raw": "they",
               "Publication Date": "2018-09-02", "Country": "None"}


def line(columns: tuple[str, ...], row: dict[str, str], **more: str) -> str:
    return "\t".join({**row, **more}.get(name, "") for name in columns)


def read(tmp_path: Path, form: str, data: bytes | str, name: str = "x.csv") -> tuple[Import, list[dict[str, Any]]]:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    location = str(tmp_path / "foreign")
    tally = import_files([str(path)], form, LedgerWriter(location, "recipe"), lambda _: None)
    return tally, Ledger(location).query("SELECT * FROM foreign_events ORDER BY given_id, day").to_pylist()


@pytest.mark.parametrize(("form", "columns"), [("gdelt1", GDELT1), ("gdelt1", GDELT1[:-1]), ("gdelt2", GDELT2)])
def test_gdelt_rows_keep_their_codes_as_strings(tmp_path: Path, form: str, columns: tuple[str, ...]) -> None:
    tally, (row,) = read(tmp_path, form, line(columns, GDELT_ROW) + "\n")
    assert (tally.new, tally.bad) == (1, 0)
    assert (row["cameo"], row["type"], row["quad"]) == ("010", None, None)
    assert (row["actor_codes"], row["recipient_codes"], row["actor"], row["actor_sectors"]) == (["RUS"], ["USA"], "MOSCOW", "GOV")
    assert (row["day"], row["published"], row["country"]) == (date(2018, 9, 1), date(2018, 9, 2), "AZE")
    assert row["url"] == (GDELT_ROW["SOURCEURL"] if "SOURCEURL" in columns else None)


def test_gdelt_2_adds_to_the_quarter_of_an_hour_and_has_regions_that_are_no_states(tmp_path: Path) -> None:
    text = line(GDELT2, GDELT_ROW, DATEADDED="20180902121500", Actor1CountryCode="EUR", Actor2CountryCode="ROM", EventCode="0841")
    tally, (row,) = read(tmp_path, "gdelt2", text)
    assert (row["actor_codes"], row["recipient_codes"], row["cameo"], row["type"]) == ([], ["ROU"], "0841", "RETREAT")
    assert row["published"] == date(2018, 9, 2) and not tally.unknown


def test_an_unknown_country_and_an_unknown_code_are_counted_and_the_row_is_kept(tmp_path: Path) -> None:
    tally, (row,) = read(tmp_path, "gdelt2", line(GDELT2, GDELT_ROW, Actor1CountryCode="QQQ", EventCode="999"))
    assert row["actor_codes"] == [] and row["cameo"] == "999" and row["type"] is None
    assert tally.unknown == {"QQQ": 1, "CAMEO 999": 1}


def test_bad_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [line(GDELT2, GDELT_ROW), "three\tcolumns\tonly", line(GDELT2, GDELT_ROW, GLOBALEVENTID="2", SQLDATE="20180231"),
             line(GDELT2, GDELT_ROW, GLOBALEVENTID=""), "", line(GDELT2, GDELT_ROW, GLOBALEVENTID="3", GoldsteinScale="x"),
             "z" * (MAXIMAL_LINE + 5), line(GDELT2, GDELT_ROW, GLOBALEVENTID="4")]
    tally, rows = read(tmp_path, "gdelt2", "\n".join(lines))
    assert [row["given_id"] for row in rows] == ["1", "4"] and tally.bad == 5
    assert [(place.rpartition(":")[2], why) for place, why in tally.issues] == [
        ("2", "3 columns, not 61. It is left out."), ("3", "'20180231' is no day. It is left out."), ("4", "no id. It is left out."),
        ("6", "'x' is no number. It is left out."), ("7", "longer than any event. It is left out.")]
    issues = Ledger(str(tmp_path / "foreign")).query("SELECT place FROM issues").to_pylist()
    assert len(issues) == 5 and rows[1]["file"].endswith("x.csv:8")


def test_icews_with_byte_order_mark_crlf_quotes_and_american_days(tmp_path: Path) -> None:
    rows = [line(ICEWS, ICEWS_ROW), line(ICEWS, ICEWS_ROW, **{"Event ID": "8", "Event Date": "9/3/2018", "Source Name": '"Friends" of X"'})]
    tally, (first, second) = read(tmp_path, "icews", "\ufeff" + "\r\n".join(["\t".join(ICEWS), *rows]) + "\r\n")
    assert (tally.read, tally.bad) == (2, 0)
    assert (first["cameo"], first["type"], first["score"], first["place"]) == ("040", "CONSULT", 1.0, "Sochi")
    assert (first["actor_codes"], first["recipient_codes"], first["recipient_sectors"]) == (["RUS"], ["SYR"], None)
    assert (second["day"], second["actor"]) == (date(2018, 9, 3), '"Friends" of X"')


def test_an_icews_id_is_one_with_its_day_only(tmp_path: Path) -> None:
    text = "\n".join(line(ICEWS, ICEWS_ROW, **{"Event Date": day}) for day in ("2018-09-01", "2018-09-02", "2018-09-01"))
    tally, rows = read(tmp_path, "icews", text)
    assert [row["day"].day for row in rows] == [1, 2] and (tally.new, tally.seen) == (2, 1)


def test_polecat_sides_hold_several_states(tmp_path: Path) -> None:
    text = "\n".join(["\t".join(POLECAT), line(POLECAT, POLECAT_ROW)])
    _, (row,) = read(tmp_path, "polecat", text)
    assert (row["actor_codes"], row["recipient_codes"]) == (["USA", "GBR"], ["RUS", "UKR"])
    assert (row["type"], row["mode"], row["quad"], row["cameo"]) == ("ACCUSE", "disapprove", 3, None)
    assert (row["recipient"], row["country"], row["contexts"]) == ("they", None, ["military", "diplomatic"])


@pytest.mark.parametrize("head", [
    [name.replace("Intensity", "Event Intensity") for name in POLECAT], [*POLECAT, "Headline", "Event Text", "Feed", "Story ID"],
    [*POLECAT, "", ""], [f'"{name}"' for name in POLECAT], None])
def test_polecat_headers_as_they_came(tmp_path: Path, head: list[str] | None) -> None:
    text = "\n".join([*(["\t".join(head)] if head else []), line(POLECAT, POLECAT_ROW, **{"Actor Name": '"A ""B"" C"'}) + "\t\t"])
    tally, (row,) = read(tmp_path, "polecat", text)
    assert tally.bad == 0 and (row["score"], row["actor"], row["day"]) == (-2.0, 'A "B" C', date(2018, 9, 1))


def test_a_header_in_another_order_is_followed(tmp_path: Path) -> None:
    order = (POLECAT[0], *reversed(POLECAT[1:]), "Headline")
    _, (row,) = read(tmp_path, "polecat", "\n".join(["\t".join(order), line(order, POLECAT_ROW)]))
    assert (row["type"], row["actor_codes"], row["published"]) == ("ACCUSE", ["USA", "GBR"], date(2018, 9, 2))


def test_missing_actors_and_days_are_null_not_errors(tmp_path: Path) -> None:
    tally, (row,) = read(tmp_path, "polecat", line(POLECAT, {"Event ID": "b", "Event Date": "None", "Event Type": "PROTEST"}))
    assert tally.bad == 0 and row["day"] is None and (row["actor"], row["actor_codes"], row["recipient_codes"]) == (None, [], [])


def test_packed_files_are_read_as_they_come(tmp_path: Path) -> None:
    data = "\n".join(line(GDELT2, GDELT_ROW, GLOBALEVENTID=str(n)) for n in range(3)).encode()
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("20180901.export.CSV", data)
        archive.writestr("readme.md", "no table")
    tally, rows = read(tmp_path, "gdelt2", sink.getvalue(), "20180901.export.CSV.zip")
    assert tally.new == 3 and rows[0]["file"].endswith("20180901.export.CSV.zip/20180901.export.CSV:1")
    tally, rows = read(tmp_path, "gdelt2", gzip.compress(data), "x.gz")
    assert (tally.new, tally.seen, len(rows)) == (0, 3, 3)


def test_a_broken_archive_is_told_and_what_came_before_stays(tmp_path: Path) -> None:
    data = gzip.compress(("\n".join(line(GDELT2, GDELT_ROW, GLOBALEVENTID=str(n)) for n in range(300))).encode())
    tally, _ = read(tmp_path, "gdelt2", data[:-20], "x.gz")
    assert tally.bad == 1 and "cannot be read" in tally.issues[0][1]
    tally, _ = read(tmp_path, "gdelt2", b"PK\x03\x04 broken", "y.zip")
    assert tally.bad == 1 and tally.new == 0


def test_a_line_in_another_encoding_is_read_and_told(tmp_path: Path) -> None:
    tally, (row,) = read(tmp_path, "gdelt2", line(GDELT2, GDELT_ROW, ActionGeo_FullName="Malm\u00f6").encode("latin-1"))
    assert row["place"] == "Malm\u00f6" and tally.guessed == 1


def test_a_file_of_another_form_is_refused_at_once(tmp_path: Path) -> None:
    text = "\n".join(["\t".join(ICEWS), *(line(ICEWS, ICEWS_ROW, **{"Event ID": str(n)}) for n in range(50))])
    tally, rows = read(tmp_path, "polecat", text)
    (_, why), = tally.issues
    assert rows == [] and tally.bad == 1 and "20 columns, not 40" in why and why.endswith("Check the file and --as.")


def test_the_same_file_twice_adds_nothing_across_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "BLOCK", 2)
    text = "\n".join(line(GDELT2, GDELT_ROW, GLOBALEVENTID=str(n % 4)) for n in range(7))
    first, rows = read(tmp_path, "gdelt2", text)
    again, same = read(tmp_path, "gdelt2", text)
    assert (first.new, first.seen, again.new, again.seen) == (4, 3, 0, 7) and rows == same


def test_polecat_goes_out_and_comes_back_with_the_same_parties(make_ledger: MakeLedger, tmp_path: Path) -> None:
    ledger = make_ledger(
        {"type": "CONSULT", "actors": ("RUS/GOV:Vladimir Putin", "AZE/GOV", "IGO-UN")},
        {"type": "ACCUSE", "mode": "allege", "actors": ("USA/GOV",), "recipients": ("CIV/GOV", "PSE/PTY:Hamas"), "quad": 3,
         "day": date(2018, 9, 5)})
    file = io.BytesIO()
    write_export(ledger, "polecat", file)
    _, rows = read(tmp_path, "polecat", file.getvalue())
    found = {row["given_id"]: row for row in rows}
    for deed in ledger.deeds().to_pylist():
        row = found[deed["deed_id"]]
        assert (row["type"], row["mode"], row["quad"], row["day"]) == (deed["type"], deed["mode"], deed["quad"], deed["start"])
        states = [{party.split("/")[0] for party in deed[side]} - {"IGO-UN"} for side in ("actors", "recipients")]
        assert [set(row["actor_codes"]), set(row["recipient_codes"])] == states


def test_icews_goes_out_and_comes_back(make_ledger: MakeLedger, tmp_path: Path) -> None:
    ledger = make_ledger({"type": "SANCTION", "actors": ("USA/GOV",), "recipients": ("RUS/GOV",), "quad": 4, "cameo": "163"})
    file = io.BytesIO()
    write_export(ledger, "icews", file, dyads=True)
    _, (row,) = read(tmp_path, "icews", file.getvalue())
    assert (row["actor_codes"], row["recipient_codes"], row["cameo"], row["type"]) == (["USA"], ["RUS"], "163", "SANCTION")


def test_the_command_names_bad_lines_and_fails(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(line(GDELT2, GDELT_ROW) + "\nbad\n")
    run = CliRunner().invoke(main, ["import", str(path), "--as", "gdelt2", "--ledger", str(tmp_path / "l")])
    assert run.exit_code == 1 and f"{path}:2: 1 columns, not 61. It is left out." in run.stderr
    assert "2 lines read, 1 new events, 0 seen before, 1 failed" in run.stderr
    run = CliRunner().invoke(main, ["import", str(tmp_path / "none.csv"), "--as", "gdelt2", "--ledger", str(tmp_path / "l")])
    assert run.exit_code == 1 and "cannot be read" in run.stderr


@pytest.mark.parametrize("asked, found", [
    ({}, ["1", "2"]), ({"between": ("USA", "RUS")}, ["1"]), ({"actor": "AZE"}, ["2"]), ({"actor": "moscow"}, ["1"]),
    ({"type": "consult"}, ["2"]), ({"since": date(2018, 9, 2)}, ["2"]), ({"until": date(2018, 9, 1)}, ["1"]), ({"limit": 1}, ["1"])])
def test_imported_events_can_be_narrowed_down(tmp_path: Path, asked: dict[str, Any], found: list[str]) -> None:
    other = {"GLOBALEVENTID": "2", "SQLDATE": "20180903", "Actor1Name": "BAKU", "Actor1CountryCode": "AZE", "EventCode": "040"}
    read(tmp_path, "gdelt2", line(GDELT2, GDELT_ROW) + "\n" + line(GDELT2, GDELT_ROW, **other) + "\n")
    rows = Ledger(str(tmp_path / "foreign")).view_rows("foreign_events", Filters(**asked)).to_pylist()
    assert [row["given_id"] for row in rows] == found
