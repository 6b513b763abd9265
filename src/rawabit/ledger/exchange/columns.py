"""The columns of other event data sets, in the order of their files. Sources of each list stand beside it. Holds names only."""
from __future__ import annotations

POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country", "Actor COW",
    "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)
"""40 columns, tab separated, of the POLECAT files at Harvard Dataverse (doi:10.7910/DVN/AJGVIT), read off the header that the Temporal
Graph Benchmark's reader of them quotes (tkgl-polecat). Later files call Intensity `Event Intensity`; some have the header of four
columns more (Headline, Event Text, Feed, Story ID) or empty columns at the end (A. Beger, "POLECAT Event Data", 2024)."""
ICEWS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity", "Target Name",
    "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude",
    "Longitude",
)
"""20 columns, tab separated, of "ICEWS Coded Event Data" at Harvard Dataverse (doi:10.7910/DVN/28075), as the sample file of the R
package `icews` (A. Beger) has them. There an event id is unique together with its date only; the file of 2017 has dates as
month/day/year; quotation marks are part of the text."""
_PARTY = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code",
          "Type3Code")
_PLACE = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_PLACE2 = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_HEAD = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *(f"Actor{n}{name}" for n in (1, 2) for name in _PARTY),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources",
    "NumArticles", "AvgTone",
)
GDELT1 = (*_HEAD, *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _PLACE), "DATEADDED", "SOURCEURL")
"""58 columns, tab separated, without header: "GDELT Data Format Codebook" 1.03 (2013). Files of events before April 2013 lack the
last one."""
GDELT2 = (*_HEAD, *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _PLACE2), "DATEADDED", "SOURCEURL")
"""61 columns, tab separated, without header: "The GDELT Event Database Data Format Codebook" 2.0 (2015): each place has ADM2Code."""
PLOVER = ("id", "date", "enddate", "actor", "recipient", "event", "event_loc", "event_text", "quad_code", "event_scale", "mode", "context",
          "cite_info", "coder", "coded_date")
"""Keys of a PLOVER record that Rawabit fills, one JSON object a line: table "PLOVER JSON" of the PLOVER manual 0.8 (Open Event Data
Alliance, 2021). `id`, `date`, `actor` and `event` are required there."""
QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
"""Quad classes as POLECAT writes them."""
