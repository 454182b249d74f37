"""Runs one Django command, which then speaks of itself as it was typed: ``deal WORD``."""

import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    execute_from_command_line(["deal", *sys.argv[1:]])
