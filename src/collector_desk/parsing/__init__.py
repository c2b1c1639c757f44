"""Foreign files are taken apart in a process of their own, so that a hostile one can harm nothing but that."""

HIDDEN = "read-foreign-files"
"""What the bundled program is started with to be a reader of files and nothing else."""
