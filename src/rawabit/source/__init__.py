"""bytes → Document: files, folders, standard input; plain text, web pages, JSON and JSON Lines.

Every input becomes a `Sourced` (a document with what the user should know of it) or a `Failure`; a bad report never stops the
others. Fetches nothing over a network and guesses no date.
"""
from rawabit.source.files import read_paths
from rawabit.source.outcome import Defaults, Failure, Intake, Notice, Outcome, Sourced
from rawabit.source.record import make_document

__all__ = ["Defaults", "Failure", "Intake", "Notice", "Outcome", "Sourced", "make_document", "read_paths"]
