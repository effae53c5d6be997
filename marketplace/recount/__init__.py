"""Every published figure worked out a second way: plain SQL and plain Python, none of the code that made it.

Each module has `figures()`: {(figure, what it is narrowed to): amount}. `manage.py check_figures` compares.
"""
