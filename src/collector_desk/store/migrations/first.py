"""Which first schema this is, in the header of every store: that of a trial version is refused."""

DIGEST = 239821216
