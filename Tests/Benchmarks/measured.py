"""Runs a command and says what it took, and makes the pages that runs read."""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
PROGRAM = os.environ.get("KFAUDIT", "kfaudit")
# Figures are of the program and not of a disk, where memory can hold the output.
OUTPUT = "/dev/shm" if os.path.isdir("/dev/shm") else None


class Took:
    """CPU and wall seconds, and the peak of resident memory in bytes."""

    def __init__(self, cpu, wall, peak):
        self.cpu, self.wall, self.peak = cpu, wall, peak

    @staticmethod
    def median(runs):
        return Took(*(statistics.median(getattr(run, part) for run in runs) for part in ("cpu", "wall", "peak")))


def run(command, **options):
    """Runs a command to its end; a failing one ends the benchmark."""
    started = time.monotonic()
    process = subprocess.Popen(command, **options)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))} answered {process.returncode}")
    return Took(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024)


def pages(folder, count, *options):
    """A folder of saved pages, made when it is not there."""
    if not (folder / "pages").is_dir():
        folder.mkdir(parents=True)
        subprocess.run([sys.executable, HERE / "peers/gen.py", str(count), folder, *options], check=True, stdout=subprocess.DEVNULL)
    return folder / "pages"


def audit(pages, formats, keep=None, *options, program=PROGRAM):
    """A run of the main job over saved pages; `keep` is given the pack before it goes."""
    archive = pathlib.Path(tempfile.mkdtemp(dir=OUTPUT))
    try:
        took = run(
            [program, "run", "--pages", pages, "--out", archive, "--format", formats, "--accept-unproved", *options],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if keep:
            keep((archive / "latest").resolve())
        return took
    finally:
        shutil.rmtree(archive)
