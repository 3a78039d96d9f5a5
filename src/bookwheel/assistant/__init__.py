"""Answers that prove what they say: questions to papers, quotations to answers, models to prose.

`answer.answer` is the one way in; `events.py` says what it yields, `models.py` what a language
model is, `retriever.py` what it needs to know of the papers. Knows nothing of Django.
Leaves out: who may ask about what (`queries/asking.py`), keeping conversations, pages.
"""
