"""The REST API: everything that pages do, for programs. One file for each noun.

Leaves out all work: an operation finds what is meant (`access`), calls a query or an action, and
puts the result into a shape.
"""
