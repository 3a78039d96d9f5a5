"""Tools for assistants, by the Model Context Protocol: over HTTP at /mcp, and `bookwheel mcp`.

Leaves out all work: a tool calls what the API calls, and answers in fewer words.
"""
