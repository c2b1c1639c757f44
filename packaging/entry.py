"""Where the bundled program begins; the installed one begins at the same function."""

import multiprocessing

from collector_desk.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    main()
