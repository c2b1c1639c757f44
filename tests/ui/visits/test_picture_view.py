"""Boxes over a picture, set by mouse and by keys, and what of it they hide."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from collector_desk.domain.visits.evidence import Box
from collector_desk.ui.visits.evidence.picture_view import PictureView


@pytest.fixture
def view(qtbot):
    made = PictureView()
    qtbot.addWidget(made)
    made.resize(400, 300)
    file = io.BytesIO()
    Image.new("RGB", (1000, 500), "white").save(file, "PNG")
    made.show()
    made.show_picture(file.getvalue())
    return made


def drag(view, start, end) -> None:
    port = view.viewport()
    left = Qt.MouseButton.LeftButton
    first, last = (view.mapFromScene(*point) for point in (start, end))
    QTest.mousePress(port, left, Qt.KeyboardModifier.NoModifier, first)
    QTest.mouseMove(port, QPoint((first + last) / 2))
    QTest.mouseMove(port, last)
    QTest.mouseRelease(port, left, Qt.KeyboardModifier.NoModifier, last)


def near(box: Box, *wanted: int) -> bool:
    return all(abs(a - b) <= 8 for a, b in zip((box.left, box.top, box.right, box.bottom), wanted, strict=True))


def test_a_box_is_drawn_moved_and_sized_by_mouse(view):
    view.begin_masking(())
    drag(view, (100, 100), (300, 200))
    (box,) = view.boxes()
    assert near(box, 100, 200, 300, 400)
    drag(view, (200, 150), (500, 350))
    (box,) = view.boxes()
    assert near(box, 400, 600, 600, 800)
    drag(view, (600, 400), (800, 450))
    (box,) = view.boxes()
    assert near(box, 400, 600, 800, 900)
    drag(view, (20, 20), (22, 22))  # a click is no box
    assert len(view.boxes()) == 1


def test_a_box_is_set_by_keys_and_stays_inside(view):
    view.begin_masking(())
    view.new_box()
    (box,) = view.boxes()
    assert near(box, 420, 420, 580, 580)
    view.move_box(1, 0)
    view.size_box(0, 2)
    (box,) = view.boxes()
    assert near(box, 430, 420, 590, 620)
    for _ in range(200):
        view.move_box(1, 1)
    (box,) = view.boxes()
    assert (box.right, box.bottom) == (1000, 1000)
    for _ in range(200):
        view.size_box(-1, -1)
    (box,) = view.boxes()
    assert box.right > box.left
    view.new_box()
    view.next_box()
    assert view.chosen == 0
    view.drop_box()
    assert len(view.boxes()) == 1
    view.drop_box()
    view.drop_box()
    assert view.boxes() == ()


def test_boxes_that_were_kept_come_back_as_they_were(view):
    kept = (Box(10, 20, 300, 400), Box(500, 0, 1000, 1000))
    view.begin_masking(kept)
    assert view.boxes() == kept
    view.leave_masking()
    assert view.boxes() == ()


def test_zoom_and_the_whole_picture(view):
    whole = view.transform().m11()
    view.zoom(1.25)
    view.zoom(1.25)
    assert view.transform().m11() > whole * 1.5
    for _ in range(50):
        view.zoom(1.25)
    assert view.transform().m11() <= 8.0
    view.fit()
    assert view.transform().m11() == pytest.approx(whole)
    view.resize(200, 300)
    assert view.transform().m11() < whole
