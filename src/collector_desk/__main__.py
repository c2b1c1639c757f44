"""``python -m collector_desk``: the same as the command ``collector-desk``."""

from collector_desk.commands.entry import main

if __name__ == "__main__":
    main()
