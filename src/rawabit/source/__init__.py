"""bytes → Document: files, folders, archives, crawls, web pages, feeds, standard input.

Every input becomes a `Sourced` (a document, what bytes it came as and when, and what the user should know of it), a `Failure` or a
`Notice`; a bad report never stops the others. Writes nothing, fetches only addresses that it was given or that a given feed names,
and guesses no date.
"""
from rawabit.source.files import read_paths
from rawabit.source.outcome import Defaults, Failure, Intake, Limits, Notice, Outcome, Sourced
from rawabit.source.places import read_sources
from rawabit.source.poll import FeedState, poll_feed, retry_state
from rawabit.source.record import make_document
from rawabit.source.web import WebClient, WebLimits

__all__ = ["Defaults", "Failure", "FeedState", "Intake", "Limits", "Notice", "Outcome", "Sourced", "WebClient", "WebLimits",
           "make_document", "poll_feed", "read_paths", "read_sources", "retry_state"]
