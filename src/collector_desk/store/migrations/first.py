"""Which first schema this is, in the header of every store: that of a trial version is refused."""

DIGEST = 253484804
DIGEST = 9009472
