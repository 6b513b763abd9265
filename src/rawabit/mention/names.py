"""The report's own people: whoever is named in full may be named by the last word alone later on."""
from __future__ import annotations

from rawabit.lexicon.load import Payload
from rawabit.mention.item import ACTOR, Item
from rawabit.text.segment import Sentence


class Names:
    """People by the word that a later mention uses."""

    def __init__(self) -> None:
        self.by_word: dict[str, Payload] = {}

    def note(self, sentence: Sentence, items: list[Item]) -> None:
        """Learns the people whom a sentence names in full."""
        for item in items:
            mention = item.mention
            if item.kind != ACTOR or mention is None or mention.name is None:
                continue
            first, last = mention.name
            if last - first < 2:
                continue
            word = sentence.words[last - 1]
            if mention.unknown_name and mention.actors:
                actor = mention.actors[0]
                english = " ".join(w.norm for w in sentence.words[first:last])
                payload = Payload(code=actor.code, sector=actor.sector, english=english, role=mention.role)
                mention.actors = [type(actor)(actor.code, actor.sector, english)]
            elif mention.payload is not None and mention.form == "person":
                payload = mention.payload
            else:
                continue
            if len(word.norm) > 2 and not word.common:
                self.by_word.setdefault(word.norm, payload)
