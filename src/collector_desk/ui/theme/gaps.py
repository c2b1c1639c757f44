"""The gaps, margins and sizes of the window by name, so that what is meant to be alike stays alike."""

from enum import IntEnum

from PySide6.QtCore import QMargins


class Gap(IntEnum):
    """Pixels between what stands side by side or one under the other."""

    NONE = 0
    HAIR = 1  # the lines of one sentence
    THIN = 2
    LABEL = 3  # a label over its field
    LINE = 4
    PANEL = 5  # the lines of a panel of the call
    TIGHT = 6  # a button and its key
    FORM = 7
    ROW = 8  # the parts of a row, the lines of a card
    COLUMN = 9  # the columns of the call
    CARD = 10  # one card and the next
    PAGE = 12
    ACTS = 14  # buttons that do different things
    GROUP = 16  # groups of a form
    HALVES = 18  # the two halves of a list of keys


class Margin:
    """Room around what lies in a layout: left, top, right, bottom."""

    NONE = QMargins(0, 0, 0, 0)
    PAGE = QMargins(12, 12, 12, 12)
    CALL = QMargins(9, 9, 9, 9)  # a page that is short of room
    PANEL = QMargins(14, 9, 14, 11)
    DEBTOR = QMargins(14, 7, 14, 11)
    QUEUE = QMargins(8, 12, 8, 8)
    DIALOG = QMargins(12, 10, 12, 10)
    BANNER = QMargins(14, 9, 8, 9)
    BANNER_OVER_PAGES = QMargins(12, 12, 12, 0)
    ALARM = QMargins(42, 2, 8, 2)  # what the strip's mark is painted in stays free
    DROP = QMargins(24, 20, 24, 20)  # where a file is let fall
    NOTHING_HERE = QMargins(60, 8, 60, 0)
    POPUP = QMargins(4, 4, 4, 5)
    SCROLLED = QMargins(0, 0, 6, 0)  # beside a scroll bar
    ABOVE = QMargins(0, 2, 0, 0)
    HAIR = QMargins(0, 1, 0, 1)
    THIN = QMargins(0, 2, 0, 2)
    LINE = QMargins(0, 4, 0, 4)


class Width(IntEnum):
    """Pixels across."""

    SMALLEST_WINDOW = 960
    WINDOW = 1366
    VIEWER = 1120  # evidence looked at
    FORM = 860
    INCIDENT = 720
    STEP = 720  # one step of an import
    QUESTION = 560
    SENTENCE = 440  # what stands alone in an empty view; longer lines are hard to read
    SEARCH = 340
    TABS = 1260  # of a page, with the keys of its tabs beside them
    LOG_FOOT = 720  # of the log, with the key beside its button
    SHORT_FOOT = 650  # of the log, with all that its first button may say
    LIST = 326  # a list beside what is chosen in it
    DATE = 220
    FILES = 150
    VOLUME = 110
    RAIL = 74
    ANSWER = 70
    ARROW = 40  # a button with one sign


class Height(IntEnum):
    """Pixels from top to bottom."""

    SMALLEST_WINDOW = 600
    WINDOW = 697  # a screen of 768 with a task bar
    VIEWER = 640
    INCIDENT = 620
    ROUNDS = 220
    DROP = 150
    TEXT = 120
    FEW_LINES = 96
    THUMB_LARGE = 52  # hit without looking
    THUMB = 44  # hit with a thumb
    BAR = 42
    STRIP = 38
    NOTE = 36
    BRANCH = 31
    HEADING = 30
    SMALL_BUTTON = 26
    SIGN = 22
    FIELD_FRAME = 22  # what a field of several lines has besides its lines
    PROGRESS = 6
