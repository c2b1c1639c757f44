"""The whole-window screens before and beside the pages: sign in, first start, recovery, lock."""
