"""Which first schema this is, in the header of every store: that of a trial version is refused."""

DIGEST = 45032291
DIGEST = 174668639
DIGEST = 89837353
DIGEST = 7047449
