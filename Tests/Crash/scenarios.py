"""What the program does while it is disturbed."""
import pathlib
import shutil
import subprocess

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "Examples"
WINDOW = ["--from", "2026-07-01", "--to", "2026-10-01"]


class Pages:
    """Saved pages into an archive that is not there yet."""

    name = "pages"
    environment = {}
    # The folder of the packs that are only read; `None` where the archive itself is what is written to.
    packs = None

    def prepare(self, lab):
        self.pages = lab.root / "saved"
        self.pages.mkdir()
        for name in ("page-001.json", "page-002.json.gz"):
            shutil.copy(EXAMPLES / "quarter/pages" / name, self.pages)

    def arguments(self, archive):
        return ["run", "--pages", str(self.pages), *WINDOW, "--as-of", "2026-10-02T06:00:00Z", "--accept-unproved", "--out", str(archive)]

    def tells(self, ending):
        """Whether a run that answers 0 says that something failed."""
        return bool(ending.stderr)

    def may_differ(self, ending, content):
        """Whether a run that answers 0 may have made another report."""
        return False

    def next_statuses(self, names):
        """What the next run may answer over the names that are there."""
        return {0}

    def end(self):
        pass


class Later(Pages):
    """The same window once more with another option: the earlier pack is compared with, and the new one is its .r2."""

    name = "later"

    def prepare(self, lab):
        super().prepare(lab)
        first = Pages.arguments(self, lab.origin) + ["--excel"]
        subprocess.run([lab.program, *first], check=True, capture_output=True)

    def arguments(self, archive):
        return super().arguments(archive) + ["--previous", f"{archive}/2026-07-01_2026-10-01"]

    def tells(self, ending):
        return True  # In the report, which then differs.

    def may_differ(self, ending, content):
        return any(b"PREVIOUS_UNAVAILABLE" in text for name, text in content.items() if name.endswith("/report.json"))


class Again(Pages):
    """The same run once more, which finds that its pack is published already."""

    name = "again"

    def prepare(self, lab):
        super().prepare(lab)
        subprocess.run([lab.program, *self.arguments(lab.origin)], check=True, capture_output=True)


class Server(Pages):
    """Two reads from a sandbox server; the next run takes up the pages of the first."""

    name = "server"

    def prepare(self, lab):
        self.sandbox = subprocess.Popen(
            [lab.program, "sandbox", "--instances", "60", "--from", "2025-01-01", "--to", "2025-02-01"], env={}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self.sandbox.stdout.readline().strip()
        self.environment = {"KEYFACTOR_USERNAME": "KEYEXAMPLE\\auditor", "KEYFACTOR_PASSWORD": "sandbox"}

    def arguments(self, archive):
        return ["run", "--server", self.address, "--from", "2025-01-01", "--to", "2025-02-01", "--as-of", "2025-02-02T00:00:00Z",
                "--page-size", "20", "--concurrency", "1", "--out", str(archive)]

    def end(self):
        self.sandbox.terminate()
        self.sandbox.wait()


class Render(Pages):
    """The reports of a pack once more, into a folder that is not there yet."""

    name = "render"
    windows = [WINDOW]

    def prepare(self, lab):
        super().prepare(lab)
        self.packs = lab.root / "packs"
        for window in self.windows:
            run = ["run", "--pages", str(self.pages), *window, "--as-of", "2026-10-02T06:00:00Z", "--accept-unproved", "--out", str(self.packs)]
            subprocess.run([lab.program, *run], check=True, capture_output=True)

    def arguments(self, archive):
        return ["render", str(self.packs / "latest"), "--out", f"{archive}/reports"]


class Merge(Render):
    """Two packs as one report, in a folder that is not there yet."""

    name = "merge"
    windows = [["--from", "2026-07-01", "--to", "2026-08-15"], ["--from", "2026-08-15", "--to", "2026-10-01"]]

    def arguments(self, archive):
        return ["merge", *(str(pack) for pack in sorted(self.packs.glob("2026*"))), "--out", f"{archive}/merged"]

    def next_statuses(self, names):
        return {73} if "merged" in names else {0}  # It is never written over.


SCENARIOS = [Pages(), Later(), Again(), Server(), Render(), Merge()]
