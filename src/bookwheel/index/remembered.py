"""The last answers to questions that cost something. Leaves out: when an answer becomes wrong."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from threading import Lock
from typing import Any, Generic, TypeVar

Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """Keeps a number of answers, those asked for last. Safe to use from many threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, question: Hashable, find: Callable[[], Answer]) -> Answer:
        """Give the answer, found again if need be; two threads may find the same one at once."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                return self._answers[question]
        answer = find()
        self._keep({question: answer})
        return answer

    def get_all(
        self, questions: Sequence[Hashable], find: Callable[[list[Any]], Iterable[Answer]]
    ) -> list[Answer]:
        """Give the answers; those that are not known are found together."""
        with self._lock:
            answers = {each: self._answers[each] for each in questions if each in self._answers}
        new = [each for each in dict.fromkeys(questions) if each not in answers]
        answers |= zip(new, find(new) if new else (), strict=True)
        self._keep(answers)
        return [answers[each] for each in questions]

    def clear(self) -> None:
        """Forget all answers."""
        with self._lock:
            self._answers.clear()

    def _keep(self, answers: Mapping[Hashable, Answer]) -> None:
        with self._lock:
            for question, answer in answers.items():
                self._answers[question] = answer
                self._answers.move_to_end(question)
            while len(self._answers) > self._size:
                self._answers.popitem(last=False)
