"""Undo and redo: every state is kept as it was, so going back gives exactly what stood there."""

from __future__ import annotations

from dataclasses import dataclass

from optplan.editing.draft import Draft

MOST_STATES = 500


@dataclass(frozen=True)
class History:
    """The states of a draft, oldest first; ``at`` is the one that counts."""

    states: tuple[Draft, ...] = (Draft(),)
    at: int = 0

    @property
    def now(self) -> Draft:
        """The draft as it stands."""
        return self.states[self.at]

    @property
    def can_undo(self) -> bool:
        """Whether there is a state before this one."""
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """Whether something was undone and nothing else done since."""
        return self.at + 1 < len(self.states)

    def then(self, draft: Draft) -> History:
        """The history with ``draft`` as its newest state; itself if that is what stands already. What was undone is forgotten."""
        if draft == self.now:
            return self
        states = (*self.states[: self.at + 1], draft)[-MOST_STATES:]
        return History(states, len(states) - 1)

    def undo(self) -> History:
        """One state back; itself at the beginning."""
        return History(self.states, max(self.at - 1, 0))

    def redo(self) -> History:
        """One state forward; itself at the end."""
        return History(self.states, min(self.at + 1, len(self.states) - 1))
