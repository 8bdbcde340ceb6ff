"""People and programs: the command line, the pages, the API (界面)."""
