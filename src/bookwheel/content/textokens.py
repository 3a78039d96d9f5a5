r"""Where TeX has something to say in a text: one pattern, and nothing in it can take long.

Every part that may run on has a bound, so the time is linear whatever the text is.
Leaves out: what is done with it (`texread.py`).
"""

from __future__ import annotations

import re

# The first character is matched on its own, so that the search for it runs at full speed.
TOKEN = re.compile(
    r"""[\\{}~`'h-](?:(?<=\\)(?:
        (?P<accent>['"`^~=.]|[uvHckrdb](?![A-Za-z]))\s{0,3}
            (?:\{\s{0,3}\\?(?P<base1>[A-Za-z])\s{0,3}\}|\\(?P<base2>[ij])(?![A-Za-z])|(?P<base3>[A-Za-z]))
        | (?P<greek>b\{eta|c\{hi|d\{elta|k\{appa|r\{ho|t\{(?:au|heta)|u\{psilon)\}
        | verb\*?(?P<bar>[^A-Za-z\s*])(?P<verb>.{0,200}?)(?P=bar)
        | (?:cite[a-zA-Z]*|(?:eq|c|C|auto|page)?ref)\*?\s?(?:\[[^\[\]{}]{0,80}\]){0,2}
            \{(?P<keys>[^{}]{0,300})\}
        | url\s?\{(?P<url>[^{}]{0,2000})\}
        | href\s?\{(?P<href>[^{}]{0,2000})\}\s?\{
        | (?P<coloured>textcolor|colorbox)\s?\{[^{}]{0,80}\}\s?\{
        | (?P<skipped>color|label|[hv]space|begin|end)\*?\s?\{[^{}]{0,80}\}
        | (?P<command>[A-Za-z]+)\*?(?P<gap>\s{0,3})(?P<opens>\{)?
        | (?P<escaped>.)(?:\{\})?
    )
    | (?<=h)(?P<bare>ttps?://(?:[^\s<>"{}|\\^`$]|\\[_%&\#~$]){1,2000})
    | (?<=[{}])(?P<brace>)
    | (?<=~)(?P<tie>)
    | (?<=-)(?<!--)(?P<dashes>-{1,2})(?!-)
    | (?<=[`'])(?P<quote>(?:(?<=`)`|(?<=')'))
    | (?<=`)(?P<quoted>[^`'\\{}$~\n]{1,80})'(?!\w)
    )""",
    re.VERBOSE | re.DOTALL,
)
