"""A job of Windows around a reader: it gets so much memory and no more, and it ends when we end."""

import ctypes
import sys
from typing import Any

if sys.platform == "win32":  # pragma: no cover -- tried there
    from ctypes import wintypes

    _KILL_ON_CLOSE, _PROCESS_MEMORY, _EXTENDED = 0x2000, 0x100, 9

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("per_process_time", wintypes.LARGE_INTEGER),
            ("per_job_time", wintypes.LARGE_INTEGER),
            ("flags", wintypes.DWORD),
            ("least_working_set", ctypes.c_size_t),
            ("most_working_set", ctypes.c_size_t),
            ("most_processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class _Limits(ctypes.Structure):
        _fields_ = (
            ("basic", _Basic),
            ("io", ctypes.c_ulonglong * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        )


class MemoryJob:
    """The job a reader runs in. Where Windows refuses one, the reader runs without; silence still ends it."""

    def __init__(self, process_handle: int) -> None:
        self._handle: Any = None
        if sys.platform == "win32":  # pragma: no cover -- tried there
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.CreateJobObjectW.restype = wintypes.HANDLE
            self._handle = kernel.CreateJobObjectW(None, None)
            kernel.AssignProcessToJobObject(wintypes.HANDLE(self._handle), wintypes.HANDLE(process_handle))

    def hold_to(self, memory: int) -> None:
        """So many bytes and no more, from now on."""
        if sys.platform == "win32" and self._handle:  # pragma: no cover -- tried there
            wish = _Limits()
            wish.basic.flags = _KILL_ON_CLOSE | _PROCESS_MEMORY
            wish.process_memory = memory
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.SetInformationJobObject(
                wintypes.HANDLE(self._handle), _EXTENDED, ctypes.byref(wish), ctypes.sizeof(wish)
            )

    def close(self) -> None:
        """Give it back; whatever still runs in it ends."""
        if sys.platform == "win32" and self._handle:  # pragma: no cover -- tried there
            ctypes.WinDLL("kernel32", use_last_error=True).CloseHandle(wintypes.HANDLE(self._handle))
            self._handle = None
