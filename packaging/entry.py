"""Where the bundled program begins; the installed one begins at the same function."""

import multiprocessing

from collector_desk.commands.entry import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    main()
