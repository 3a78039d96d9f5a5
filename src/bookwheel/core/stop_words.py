"""Words that say how something is told, not what it is about. English, as arXiv's abstracts are."""

from __future__ import annotations

_STOPS = (
    "a about above after again against all also although among an and any are as at be because "
    "been before being below between both but by can cannot could did do does doing done during "
    "each either et etc few for from further had has have having hence here how however i if in "
    "into is it its itself least less made make many may might more moreover most much must nor "
    "not of off on once one only onto or other our out over own per rather s same several should "
    "since so some still such than that the their them then there thereby therefore these they "
    "this those through thus to too toward towards under until upon us very via was we were what "
    "when where whereas whether which while who whose why will with within without would yet you "
    "your"
)
STOP_WORDS = frozenset(_STOPS.split())
