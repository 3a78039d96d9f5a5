"""Measuring: rankings against people's lists, searches against questions with known answers, speed.

Everything is measured through the doors that readers use, beside yardsticks that others wrote.
Leaves out: the formulas of the measures (`core/metrics.py`) and options (`cli/bench*.py`).
"""
