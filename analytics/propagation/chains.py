"""The grounds in force together: chains of effects, grown from nothing.

An effect in force may set another rule off. Grounds are added until nothing new
follows (the least fixed point), so a ring never holds itself up. A change takes away
everything that rests on what it touches, also through others, and grows it again.
"""

from collections.abc import Iterable, Sequence

from analytics.propagation.effects import Effect, Ground
from analytics.propagation.evaluation import grounds_of
from analytics.propagation.layered import Layered
from analytics.propagation.provisions import Provisions
from analytics.propagation.reading import Reader
from analytics.propagation.triggers import Cause, cause_of


class Web:
    """Grounds by cause and effects, on the way from one derivation to the next.

    What it was begun with is never written to.
    """

    def __init__(
        self,
        causes: Layered[tuple[Ground, ...]],
        effects: Layered[Effect],
        reader: Reader,
        law: Provisions,
    ) -> None:
        self._causes, self._effects = causes, effects
        self._reader, self._law = reader, law
        self.causes: dict[str, tuple[Ground, ...] | None] = {}
        self.effects: dict[str, Effect | None] = {}

    def _grounds(self, cause: str) -> tuple[Ground, ...]:
        if cause in self.causes:
            return self.causes[cause] or ()
        return self._causes.get(cause, ())

    def effect(self, name: str) -> Effect | None:
        """Return the effect as it stands on the way."""
        if name in self.effects:
            return self.effects[name]
        return self._effects.get(name)

    def replace(self, cause: str, grounds: tuple[Ground, ...]) -> set[str]:
        """Put these in the place of a cause's grounds; return the effects touched."""
        before = self._grounds(cause)
        if before == grounds:
            return set()
        self.causes[cause] = grounds or None
        gone: dict[str, set[Ground]] = {}
        come: dict[str, list[Ground]] = {}
        for ground in before:
            gone.setdefault(ground.effect_id, set()).add(ground)
        for ground in grounds:
            come.setdefault(ground.effect_id, []).append(ground)
        for name in gone.keys() | come.keys():
            effect = self.effect(name)
            stay = [g for g in effect.grounds if g.cause != cause] if effect else []
            left = [*stay, *come.get(name, ())]
            self.effects[name] = Effect.of(name, left) if left else None
        return gone.keys() | come.keys()

    def begin(self, parts: Iterable[tuple[Sequence[Cause], Reader]]) -> None:
        """Put in what every trigger gives by itself; for an empty web only.

        Args:
            parts: triggers, with a reader that has read what they are about.
        """
        supports: dict[str, list[Ground]] = {}
        for causes, reader in parts:
            for cause in causes:
                grounds = grounds_of(cause, reader, self._law)
                if grounds:
                    self.causes[cause.key] = grounds
                for ground in grounds:
                    supports.setdefault(ground.effect_id, []).append(ground)
        for name, support in supports.items():
            self.effects[name] = Effect.of(name, support)

    def regrow(self, names: Iterable[str]) -> None:
        """Take away all that rests on these effects and let it follow again."""
        queue, gone = list(names), set[str]()
        while queue:
            name = queue.pop()
            if name not in gone:
                gone.add(name)
                queue += self.replace(name, ())
        self.grow(gone)

    def grow(self, names: Iterable[str]) -> None:
        """Add what follows from these effects, until nothing new does."""
        queue = list(names)
        while queue:
            effect = self.effect(queue.pop())
            if effect is not None and effect.measure in self._law.chaining:
                queue += self.replace(effect.id, self._follow(effect))

    def _follow(self, effect: Effect) -> tuple[Ground, ...]:
        return tuple(
            ground
            for period in effect.in_force()
            for ground in grounds_of(cause_of(effect, period), self._reader, self._law)
        )
