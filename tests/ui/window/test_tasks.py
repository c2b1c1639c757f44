"""The one class that starts threads."""

import sys
import threading

import pytest
from PySide6.QtCore import QObject

from collector_desk.domain.message import Trouble, msg
from collector_desk.ui.window.tasks import Job, Progress, Tasks


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.drain()
    made.deleteLater()


def test_the_result_arrives_in_the_windows_thread_and_never_inside_run(qtbot, tasks: Tasks):
    seen: list[object] = []
    here = threading.get_ident()
    tasks.run(lambda _: threading.get_ident(), done=lambda there: seen.append((there, threading.get_ident())))
    assert seen == []
    assert tasks.busy
    qtbot.waitUntil(lambda: not tasks.busy)
    [(there, delivered)] = seen
    assert delivered == here != there


def test_progress_comes_in_order_before_the_result(qtbot, tasks: Tasks):
    seen: list[object] = []

    def work(job: Job) -> str:
        for done in range(3):
            job.report(done, 3, msg("x.y"))
        return "end"

    with qtbot.waitSignal(tasks.idle):
        tasks.run(work, done=seen.append, progress=seen.append, ended=lambda: seen.append("ended"))
    assert seen == [*(Progress(done, 3, msg("x.y")) for done in range(3)), "end", "ended"]


def test_a_trouble_goes_to_who_asked_or_to_the_window(qtbot, tasks: Tasks):
    heard: list[str] = []

    def work(job: Job) -> None:
        raise Trouble("store.disk_full", file="x")

    with qtbot.waitSignal(tasks.idle):
        tasks.run(
            work, failed=lambda trouble: heard.append(trouble.message.code), done=lambda _: heard.append("no")
        )
    assert heard == ["store.disk_full"]
    with qtbot.waitSignal(tasks.troubled) as caught:
        tasks.run(work)
    assert caught.args[0].message.code == "store.disk_full"


def test_a_bug_reaches_the_hook_and_the_window_waits_no_longer(qtbot, tasks: Tasks, monkeypatch):
    caught: list[type] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: caught.append(kind))
    ended: list[bool] = []
    with qtbot.waitSignal(tasks.idle):
        tasks.run(lambda _: 1 / 0, done=lambda _: ended.append(False), ended=lambda: ended.append(True))
    assert caught == [ZeroDivisionError]
    assert ended == [True]


def test_cancelling_ends_the_work_without_a_result(qtbot, tasks: Tasks):
    started, seen = threading.Event(), []

    def work(job: Job) -> None:
        started.set()
        while True:
            job.check()

    job = tasks.run(work, done=seen.append, failed=seen.append)
    assert started.wait(10)
    job.cancel()
    qtbot.waitUntil(lambda: job.finished)
    assert seen == []


def test_nothing_reaches_an_owner_that_is_gone(qtbot, tasks: Tasks):
    owner, seen, go = QObject(), [], threading.Event()

    def work(job: Job) -> int:
        go.wait(10)
        return 1

    tasks.run(work, owner=owner, done=seen.append, ended=lambda: seen.append("ended"))
    import shiboken6

    shiboken6.delete(owner)
    with qtbot.waitSignal(tasks.idle):
        go.set()
    assert seen == []


def test_draining_cancels_waits_and_delivers(qapp, tasks: Tasks):
    seen: list[object] = []

    def endless(job: Job) -> None:
        while True:
            job.check()

    for _ in range(5):
        tasks.run(endless, ended=lambda: seen.append("ended"))
    tasks.drain()
    assert seen == ["ended"] * 5
    assert not tasks.busy
