#!/usr/bin/env python3
"""Disturbs runs of the built program at their file-system calls and looks at what is left: crash.py [options] PROGRAM

  --sample N     N points drawn from all, instead of every point
  --seed S       what the sample is drawn with
  --scenario S   only this one; may be given several times
  --kind K       only this kind of point; may be given several times
  --jobs N       how many points at the same time

strace counts the calls of each name on the archive and the saved pages and disturbs the n-th, for every name and every n:
it kills the process, raises another signal, or lets the call fail. After each point the exit status must be the one of the
fault table, stdout empty unless the answer is 0, every pack intact (kfaudit verify), and no other name in the archive than
allowed; the next run, without any cleaning, must answer 0 and make the same bytes as an undisturbed one. Where packs are only
read, as by render and merge, the output must be whole or not there at all, and of the packs not a byte may change. Of the
undisturbed run it looks at what a power loss would leave: nothing gets a name before it is on the disk.
Prints a line for each kind of point and each fault; exits 1 when there is a fault.
"""
import argparse
import collections
import concurrent.futures
import functools
import hashlib
import itertools
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

import trace_log
from scenarios import SCENARIOS

SIGNALS = {"KILL": 9, "TERM": 15, "INT": 2, "HUP": 1, "ILL": 4}
ERRORS = ["ENOSPC", "EIO", "EACCES", "EINTR"]
# What happens only to some calls. A short write is said to have taken 7 bytes.
SPECIAL = {"EMFILE": {"openat"}, "EXDEV": {"rename", "link"}, "ENOLCK": {"flock"}, "short": {"write"}, "ILL": {"write"}}
# Without consequence: what was written is on the disk before, a page is copied where neither blocks nor names can be shared, and the end
# of the process gives the lock back too.
HARMLESS = re.compile("(close|ioctl|sync_file_range) |flock .*LOCK_UN|link .*kfaudit-read")
TEMPORARY = ".kfaudit-tmp-"
# How a temporary folder is removed; what is left when that fails the next run removes.
REMOVAL = re.compile(f"(unlink|rmdir|newfstatat|getdents64) .*{re.escape(TEMPORARY)}|openat .*{re.escape(TEMPORARY)}.*O_DIRECTORY")
OWN_NAMES = {".kfaudit.lock", ".kfaudit-read", "latest"}
REPRODUCIBLE = re.compile(r"[^/]+/(report\.|instances\.|tables/|datapackage\.json)")

Point = collections.namedtuple("Point", "scenario kind call number")
Ending = collections.namedtuple("Ending", "status stdout stderr calls")


def injection(point):
    if point.kind in SIGNALS:
        what = f"signal={point.kind}"
    else:
        what = "retval=7" if point.kind == "short" else f"error={point.kind}"
    return f"{point.call}:{what}:when={point.number}"


def names(archive):
    return set(os.listdir(archive)) if archive.is_dir() else set()


def packs_of(names):
    return {name for name in names - OWN_NAMES if not name.startswith(TEMPORARY)}


def packs(archive):
    return packs_of(names(archive))


def files(folder):
    return {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()}


def content(archive):
    """What must be the same after any run: the reproducible files, but for when the server answered and the hash of the
    journal, which holds that."""
    found = {}
    for pack in sorted(packs(archive)):
        report = (archive / pack / "report.json").read_bytes() if (archive / pack / "report.json").exists() else b""
        times = re.findall(rb'"(?:first|last)" : "([^"]+Z)"', report)
        varying = re.findall(rb'"journalHead" : "([0-9a-f]{64})"', report) + times
        varying += [time[:10] + b" " + time[11:19] for time in times]
        for name, path in files(archive / pack).items():
            if REPRODUCIBLE.match(f"{pack}/{name}"):
                found[f"{pack}/{name}"] = functools.reduce(lambda rest, part: rest.replace(part, b""), varying, path.read_bytes())
    return found


def state(archive):
    """A digest of everything in an archive but the note in its lock."""
    digest = hashlib.sha256()
    for path in sorted(archive.rglob("*")) if archive.is_dir() else []:
        name = re.sub(re.escape(TEMPORARY) + r"\d+", TEMPORARY, str(path.relative_to(archive)))
        digest.update(f"{name} {path.lstat().st_mode:o} ".encode())
        if path.is_symlink():
            digest.update(os.readlink(path).encode())
        elif path.is_file() and path.name != ".kfaudit.lock":
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


class Lab:
    """A scenario with its undisturbed run, and the judge of disturbed ones."""

    def __init__(self, scenario, program, root):
        self.scenario, self.program, self.root = scenario, program, root / scenario.name
        self.origin = self.root / "origin" / "archive"
        self.origin.parent.mkdir(parents=True)
        self.numbers, self.judged = itertools.count(), {}
        self.processors = sorted(os.sched_getaffinity(0))
        scenario.prepare(self)
        self.kept = state(scenario.packs) if scenario.packs else None
        self.before, self.earlier = packs(self.origin), content(self.origin)
        self.paths = ["{archive}"]
        place = self.copy()
        calls = self.traced(place, filtered=False).calls
        temporary = re.compile(re.escape(f"{place}/{TEMPORARY}") + r"\d+")
        within = {path.rstrip("/") for call in calls for path in call.paths if path.startswith(str(root))}
        generic = {temporary.sub("{archive}/" + TEMPORARY + "@PID@", path).replace(str(place), "{archive}") for path in within}
        self.paths = sorted(generic | {"{archive}"})
        self.unsafe = trace_log.durability_faults(calls, str(place))
        place = self.copy()
        ending = self.traced(place)
        if ending.status != 0:
            sys.exit(f"{scenario.name}: the undisturbed run answers {ending.status}: {ending.stderr}")
        self.calls, self.expected, self.names = ending.calls, content(place), names(place)
        if faults := self.broken_results(place):
            sys.exit(f"{scenario.name}: {faults}")

    def copy(self):
        place = self.root / str(next(self.numbers)) / "archive"
        place.parent.mkdir()
        if self.origin.exists():
            shutil.copytree(self.origin, place, symlinks=True)
        return place

    # Runs

    def execute(self, arguments, **options):
        process = subprocess.Popen(
            arguments, env={"PATH": os.environ["PATH"], **self.scenario.environment}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
        stdout, stderr = process.communicate(timeout=120)
        return Ending(process.returncode, stdout, stderr, [])

    def plain(self, archive):
        return self.execute([self.program, *self.scenario.arguments(archive)])

    def traced(self, archive, point=None, filtered=True):
        """A run on one processor, so that its calls come in one order, each time the same."""
        log = archive.parent / "trace"
        command = ["strace", "-D", "-f", "-y", "-s", "0", "-o", str(log), "-e", "trace=%file,%desc"]
        for path in self.paths if filtered else []:
            command += ["-P", path.replace("{archive}", str(archive))]
        if point:
            command += ["-e", f"inject={injection(point)}"]
        command += [self.program, *self.scenario.arguments(archive)]
        processor = self.processors[hash(str(archive)) % len(self.processors)]
        end, held = os.pipe()
        # With -D the program keeps the number of this shell, which is in the name of its temporary folder; only the tracer
        # and the program hold the pipe, so that its end is the end of both.
        ending = self.execute(
            ["bash", "-c", 'exec "${@//@PID@/$$}"', "bash", *command], pass_fds=[held],
            preexec_fn=functools.partial(os.sched_setaffinity, 0, {processor}))
        os.close(held)
        os.read(end, 1)
        os.close(end)
        return ending._replace(calls=trace_log.read(log))

    # Points

    def points(self):
        counts = collections.Counter((call.thread, call.name) for call in self.calls)
        most = collections.Counter()
        for (_, name), count in counts.items():
            most[name] = max(most[name], count)
        for kind in [*SIGNALS, *ERRORS, *(set(SPECIAL) - set(SIGNALS))]:
            for name in sorted(most):
                if name in SPECIAL.get(kind, {name}):
                    yield from (Point(self.scenario.name, kind, name, number) for number in range(1, most[name] + 1))

    def faults(self, point):
        """What is wrong after a point; `None` when the run ended before it."""
        archive = self.copy()
        ending = self.traced(archive, point)
        hit = trace_log.disturbed(ending.calls, point)
        if hit is None and ending.status == 0:
            shutil.rmtree(archive.parent)
            return None
        found = list(self.status_faults(point, hit, ending)) + list(self.name_faults(point, hit, ending, archive))
        if ending.status == 0:
            found += self.result_faults(point, archive, ending)
        key = state(archive)
        if point.kind != "short" and key not in self.judged:
            self.judged[key] = self.broken_results(archive) + self.next_run_faults(archive)
        found += self.judged.get(key, [])
        if self.scenario.packs and state(self.scenario.packs) != self.kept:
            found.append("the packs that it reads are no longer what they were")
        shutil.rmtree(archive.parent)
        place = f"{hit.name}({', '.join(hit.paths)})" if hit else "?"
        return [f"{point.scenario}: {point.kind} at {point.call} {point.number}, {place}: {fault}" for fault in found]

    def status_faults(self, point, hit, ending):
        if point.kind in ("KILL", "ILL"):
            wanted = {-SIGNALS[point.kind]}
        elif point.kind in SIGNALS:
            wanted = {0, 128 + SIGNALS[point.kind]}
        elif point.kind in ("EINTR", "short"):
            wanted = {0}
        else:
            wanted = {0, 74} if point.kind in ("ENOSPC", "EIO") else {0, 73, 74}
            if self.scenario.packs and point.kind == "EACCES":
                wanted.add(66)  # The folder of the pack that was asked for.
        if ending.status not in wanted:
            yield f"answers {ending.status}: {ending.stderr.strip()}"
        if ending.status != 0 and ending.stdout:
            yield f"answers {ending.status} and writes {ending.stdout!r} on stdout"
        if point.kind in SIGNALS or ending.status == 0 and (point.kind in ("EINTR", "short") or HARMLESS.match(f"{hit.name} {hit.flags}")):
            return
        if ending.status == 0 and not self.scenario.tells(ending):
            yield "answers 0 and does not say that something failed"
        if ending.status != 0 and point.kind not in ending.stderr:
            yield f"does not name {point.kind}: {ending.stderr.strip()}"
        after = itertools.islice(itertools.dropwhile(lambda call: not call.injected, ending.calls), 1, None)
        if point.call == "fsync" and ending.status != 0 and any(call.name == "fsync" and call.paths == hit.paths for call in after):
            yield "waits for the disk once more, which then says that all is well"

    def name_faults(self, point, hit, ending, archive):
        for name in sorted(packs(archive) - self.names):
            yield f"leaves {name}"
        leftovers = [name for name in names(archive) if name.startswith(TEMPORARY)]
        # Each thread has an n-th call.
        disturbed = [call for call in ending.calls if call.injected or call is hit]
        if leftovers and point.kind not in ("KILL", "ILL") and not any(REMOVAL.match(f"{call.name} {call.flags}") for call in disturbed):
            yield f"leaves {leftovers[0]}"

    def result_faults(self, point, archive, ending):
        found = content(archive)
        if point.kind == "short":
            changed = [name for name in self.expected if len(found.get(name, b"")) not in (len(self.expected[name]), len(self.expected[name]) - 7)]
        elif self.scenario.may_differ(ending, found):
            return []
        else:
            changed = [name for name in self.expected if found.get(name) != self.expected[name]]
        return [f"answers 0, and {name} is not what it should be" for name in changed]

    def next_run_faults(self, archive):
        wanted = self.scenario.next_statuses(names(archive))
        ending = self.plain(archive)
        if ending.status not in wanted:
            return [f"the next run answers {ending.status}: {ending.stderr.strip()}"]
        # Only an archive has a lock, whose holder may remove what killed runs left.
        if (packs(archive) != packs_of(self.names)) if self.scenario.packs else (names(archive) != self.names):
            return [f"after the next run there are {sorted(names(archive))}"]
        found = content(archive)
        return [f"the next run makes another {name}" for name in self.expected if found.get(name) != self.expected[name]] + self.broken_results(archive)

    def broken_results(self, archive):
        return self.torn_outputs(archive) if self.scenario.packs else self.broken_packs(archive)

    def torn_outputs(self, archive):
        """Which outputs have a name and are not whole."""
        found = content(archive)
        torn = {name for name in self.expected if found.get(name) != self.expected[name]}
        return [f"{name} is neither whole nor absent" for name in sorted(packs(archive)) if any(path.startswith(f"{name}/") for path in torn)]

    def broken_packs(self, archive):
        found = []
        for name in sorted(packs(archive)):
            ending = self.execute([self.program, "verify", str(archive / name)])
            if ending.status != 0:
                found.append(f"{name} does not verify ({ending.status}): {ending.stdout}{ending.stderr}")
        return found


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program", type=os.path.abspath)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", default="kfaudit")
    parser.add_argument("--scenario", action="append")
    parser.add_argument("--kind", action="append")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kfaudit-crash-") as folder:
        chosen = [scenario for scenario in SCENARIOS if scenario.name in (options.scenario or [scenario.name])]
        labs = {scenario.name: Lab(scenario, options.program, pathlib.Path(folder)) for scenario in chosen}
        try:
            return examine(labs, options)
        finally:
            for scenario in chosen:
                scenario.end()


def examine(labs, options):
    points = [point for lab in labs.values() for point in lab.points() if point.kind in (options.kind or [point.kind])]
    if options.sample:
        points = random.Random(options.seed).sample(points, options.sample)
    faults = [f"{name}: {fault}" for name, lab in labs.items() for fault in lab.unsafe]
    print(*faults, sep="\n", end="\n" if faults else "", flush=True)
    counts = collections.Counter()
    pool = concurrent.futures.ThreadPoolExecutor(options.jobs)
    try:
        for point, found in zip(points, pool.map(lambda point: labs[point.scenario].faults(point), points)):
            counts[point.scenario, point.kind if found is not None else "not reached"] += 1
            for fault in found or []:
                print(fault, flush=True)
                faults.append(fault)
    except KeyboardInterrupt:
        print("interrupted; so far:")
    pool.shutdown(cancel_futures=True)
    for (scenario, kind), count in sorted(counts.items()):
        print(f"{scenario:8} {kind:12} {count}")
    reached = sum(count for (_, kind), count in counts.items() if kind != "not reached")
    print(f"{reached} points, {len(faults)} faults")
    return 1 if faults or not reached else 0


if __name__ == "__main__":
    sys.exit(main())
