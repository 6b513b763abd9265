"""Language knowledge as data, compiled at build time, looked up at run time."""
from rawabit.lexicon.load import Lexicon, load_lexicon

__all__ = ["Lexicon", "load_lexicon"]
