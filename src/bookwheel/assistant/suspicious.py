"""Words in papers that speak to a model instead of to readers.

A sentence with such words is never given to a model and never chosen as evidence; as a title it is
withheld. This is the second lock: the first is that a model's words count only as far as
quotations bear them out (`checking.py`), so an order that is followed changes nothing that is
shown as fact.
"""

from __future__ import annotations

import re

from bookwheel.content.clean import clean

_ORDERS = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override|bypass|do\ not\ follow)\b.{0,40}
        \b(?:instruction|prompt|rules|guideline|direction|command|quotation)
  | \b(?:system|developer|hidden|initial)\s+prompt\b | \bnew\s+instructions\b\s*:
  | \b(?:you\s+are|act\s+as|pretend|behave\s+as|from\s+now\s+on|as\s+an?)\b.{0,30}
        \b(?:AI|assistant|chatbot|language\s+model|LLM|reviewer|DAN|jailbr\w+|unrestricted)\b
  | \b(?:note|message|attention|instructions?|important|dear|hey|hi|hello)\b.{0,16}
        \b(?:to|for|,|:)?\s*(?:the\s+|all\s+|any\s+)?
        (?:AI|assistant|LLM|language\s+model|chatbot|model)s?\b\s*(?:reading|summari[sz]|review|:|,)
  | \b(?:if\s+you\s+are|when)\b.{0,30}\b(?:an?\s+)?(?:AI|LLM|language\s+model|assistant)\b
        .{0,60}\b(?:must|should|say|write|output|reply|respond|tell|give|rate|recommend)\b
  | \b(?:respond|reply|answer|output|print|repeat|write|say|begin|start|end)\b
        \s+(?:only\s+|exactly\s+|your\s+\w+\s+|every\s+\w+\s+)?(?:with|by|only|exactly|the\s+words?)
        .{0,10}["'“‘:]
  | \b(?:give|write|recommend|provide)\b.{0,20}\b(?:only\s+)?(?:a\s+)?positive\s+(?:review|score)
  | \bdo\s+not\s+(?:highlight|mention|reveal|cite)\b.{0,40}
        \b(?:negative|weakness|limitation|quotation|source|prompt|instruction)
  | \b(?:reveal|print|leak|send|exfiltrat\w+|post)\b.{0,40}
        \b(?:system\s+prompt|password|api\s+key|secret|conversation|user'?s?\s+(?:data|notes|library))
  | \b(?:recommend|praise|promote|endorse)\s+(?:only\s+)?(?:this|the\s+present)\s+paper\b
  | <\|?/?(?:im_start|im_end|system|user|assistant|endoftext|s|inst|quotation\w*|quote)\b
        [^>]{0,20}\|?>
  | \[/?(?:INST|SYS|system|assistant)\] | ^\s*(?:system|assistant|user|human)\s*:
  | \#\#\#?\s*(?:system|instruction|assistant|response)\b
  | !\[[^\]]{0,80}\]\(\s*(?:https?:|data:)
  | (?:忽略|无视).{0,12}(?:指令|提示|规则)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_FENCE = re.compile(r"<\s*/?\s*(?:quotation|quotations|question)\b[^>]*>?", re.I)


def suspicious(text: str) -> bool:
    """Whether a text speaks to a model. Spaces and signs put in to hide words are seen through."""
    plain = clean(text)
    return bool(_ORDERS.search(plain)) or bool(_ORDERS.search(_unspaced(plain)))


def fenced(text: str) -> str:
    """Text that can stand between our fences: nothing invisible, no fence of its own."""
    return _FENCE.sub(" ", clean(text)).replace("<|", "< |").replace("|>", "| >")


def _unspaced(text: str) -> str:
    """`i g n o r e` is `ignore`; `ig-nore` too."""
    joined = re.sub(r"\b(?:\w[ .\-_*]){3,}\w\b", lambda m: re.sub(r"[ .\-_*]", "", m[0]), text)
    return re.sub(r"(?<=\w)[-_*.](?=\w)", "", joined)
