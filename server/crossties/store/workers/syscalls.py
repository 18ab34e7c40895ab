"""The system calls that a worker is denied, by their numbers on x86-64 and on aarch64 (None: not there)."""

from __future__ import annotations

from typing import Final

#: Refused whatever the arguments are.
DENIED: Final[dict[str, tuple[int | None, int | None]]] = {
    # network and other ways to talk
    "socket": (41, 198), "connect": (42, 203), "accept": (43, 202), "accept4": (288, 242),
    "bind": (49, 200), "listen": (50, 201), "socketpair": (53, 199), "mq_open": (240, 180),
    "shmget": (29, 194), "semget": (64, 190), "msgget": (68, 186), "io_setup": (206, 0),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    # other programs and processes
    "execve": (59, 221), "execveat": (322, 281), "fork": (57, None), "vfork": (58, None),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "kcmp": (312, 272), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424), "process_madvise": (440, 440), "setpriority": (141, 140),
    "setrlimit": (160, 164), "setsid": (112, 157), "setpgid": (109, 154),
    # files
    "open": (2, None), "openat": (257, 56), "openat2": (437, 437), "creat": (85, None),
    "truncate": (76, 45), "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264),
    "unlink": (87, None), "unlinkat": (263, 35), "rename": (82, None), "renameat": (264, 38),
    "renameat2": (316, 276), "mkdir": (83, None), "mkdirat": (258, 34), "rmdir": (84, None),
    "link": (86, None), "linkat": (265, 37), "symlink": (88, None), "symlinkat": (266, 36),
    "mknod": (133, None), "mknodat": (259, 33), "chmod": (90, None), "fchmod": (91, 52),
    "fchmodat": (268, 53), "chown": (92, None), "fchown": (93, 55), "lchown": (94, None),
    "fchownat": (260, 54), "readlink": (89, None), "readlinkat": (267, 78), "setxattr": (188, 5),
    "inotify_init": (253, None), "inotify_init1": (294, 26), "fanotify_init": (300, 262),
    # the machine
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "unshare": (272, 97), "setns": (308, 268), "move_mount": (429, 429), "open_tree": (428, 428),
    "fsopen": (430, 430), "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "init_module": (175, 105),
    "finit_module": (313, 273), "kexec_load": (246, 104), "kexec_file_load": (320, 294),
    "reboot": (169, 142), "swapon": (167, 224), "personality": (135, 92), "acct": (163, 89),
    "setuid": (105, 146), "setgid": (106, 144), "capset": (126, 91),
}  # fmt: skip

#: Allowed only for reading, where paths are watched by Landlock; which argument holds the flags.
OPENS: Final = {"open": 1, "openat": 2}
#: Allowed only towards the process itself: the first argument is its own id.
OWN_SIGNALS: Final = {"kill": (62, 129), "tgkill": (234, 131)}
#: Allowed only for threads.
CLONE: Final = (56, 220)
#: Its flags can't be seen by a filter; refused as unknown, so that the C library falls back to ``clone``.
CLONE3: Final = (435, 435)
#: Allowed only for reading: the third argument, the new limit, is null.
PRLIMIT64: Final = (302, 261)
SECCOMP: Final = (317, 277)
