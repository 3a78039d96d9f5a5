from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from bookwheel.index.remembered import Remembered


def test_an_answer_is_found_once() -> None:
    asked: list[str] = []
    answers: Remembered[str] = Remembered(2)
    for question in "aab":
        assert answers.get(question, lambda: asked.append(question) or question) == question  # noqa: B023
    assert asked == ["a", "b"]


def test_the_answer_that_was_not_wanted_for_longest_is_forgotten() -> None:
    answers: Remembered[int] = Remembered(2)
    for question in (1, 2, 1, 3):
        answers.get(question, lambda: question)  # noqa: B023
    assert answers.get(1, lambda: -1) == 1
    assert answers.get(2, lambda: -2) == -2


def test_a_failure_is_not_remembered() -> None:
    answers: Remembered[int] = Remembered(2)
    try:
        answers.get("x", lambda: 1 // 0)
    except ZeroDivisionError:
        assert answers.get("x", lambda: 5) == 5


def test_many_threads_may_ask() -> None:
    answers: Remembered[int] = Remembered(3)
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda at: answers.get(at % 7, lambda: at % 7), range(2000))
    assert list(found) == [at % 7 for at in range(2000)]
