"""What strace wrote, as calls, and what a power loss would leave of them."""
import collections
import os
import re

# The paths are those in the arguments and, with -y, those of the descriptors.
Call = collections.namedtuple("Call", "thread name paths flags failed injected")
LINE = re.compile(r"(\d+)\s+(\w+)\((.*)")
FOLDER = re.compile(r"AT_FDCWD<[^>]*>")
PATH = re.compile(r'"(/[^"]*)"|<(/[^>]*)>')
WRITES = {"write", "pwrite64", "writev", "ftruncate", "fallocate"}


def read(log):
    calls = []
    with open(log, errors="surrogateescape") as lines:
        for line in lines:
            if not (found := LINE.match(line)):
                continue
            thread, name, rest = found.groups()
            arguments = rest.rsplit(" = ", 1)[0]
            paths = tuple(first or second for first, second in PATH.findall(FOLDER.sub("", arguments)))
            calls.append(Call(thread, name, paths, arguments, " = -1 " in rest, "(INJECTED)" in rest))
    return calls


def disturbed(calls, point):
    """The call that a point disturbed; `None` when there was none."""
    counts = collections.Counter()
    for call in calls:
        if call.name == point.call:
            counts[call.thread] += 1
            if counts[call.thread] == point.number:
                return call
    return None


def durability_faults(calls, archive):
    """Holds that nothing gets its name in the archive before all that is in it is on the disk, and that the name is before the end.

    The model of POSIX: what was written to a file and not waited for may be lost, and so may an entry of a folder.
    """
    dirty, gone, faults = set(), set(), []
    for call in (call for call in calls if not call.failed and call.paths):
        path, target = call.paths[0], call.paths[-1]
        if call.name in ("fsync", "fdatasync"):
            dirty.discard(path)
        elif call.name == "rename":
            lost = sorted(name for name in dirty if name == path or name.startswith(path + "/"))
            faults += [f"{target} gets its name before {name} is on the disk" for name in lost]
            dirty.add(os.path.dirname(target))
        elif os.path.basename(target).startswith(".kfaudit"):
            pass  # What has no final name may be lost.
        elif call.name == "unlink":
            gone.add(path)  # What is written to it from now on has no name at all.
            dirty.discard(path)
        elif call.name == "openat" and "O_CREAT" in call.flags:
            gone.discard(path)
            dirty |= {path, os.path.dirname(path)}
        elif call.name in WRITES and path not in gone:
            dirty.add(path)
        elif call.name in ("mkdir", "symlink", "link"):
            dirty.add(os.path.dirname(target))
    names = {name for name in dirty if name.startswith(archive) and "/.kfaudit" not in name}
    return faults + [f"ends before {name} is on the disk" for name in sorted(names)]
