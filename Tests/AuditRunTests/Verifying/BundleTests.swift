import AuditEvidence
import AuditModel
import AuditPlan
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditRun

@Suite("A pack as one file", .slow)
struct BundleTests {
  /// The bundle of a pack, in the folder of its test.
  private func bundle(of pack: PackCase, as name: String = "bundle.zip") async throws -> String {
    let place = pack.job.folder(name)
    let bundle = try await BundleRun(pack: pack.path, out: place, workers: 2).run()
    #expect(bundle.path == place)
    return place
  }

  /// A pack of saved pages whose period is a quarter.
  private static func saved(
    _ change: (inout MainJob) throws -> Void = { _ in }
  ) async throws -> PackCase {
    try await PackCase.saved { job in
      job.options.from = "2026-07-01"
      job.options.to = "2026-10-01"
      try change(&job)
    }
  }

  private func verify(_ path: String) async throws -> Verification {
    try await PackVerifier(pack: path, settings: PackCase.settings(digestsOnly: false)).run()
  }

  @Test("It verifies, and gives the same report, proof, sample and differences as the folder")
  func sameAsFolder() async throws {
    let pack = try await PackCase.server { quirk in
      quirk.job.options.format = "csv,json,ndjson,html,xlsx"
      quirk.job.options.template = "brief"
      try quirk.job.configure("preparedFor: Auditors\n")
    }
    let zip = try await bundle(of: pack)
    let found = try await verify(zip)
    #expect(found.isIntact && Set(found.omitted).isEmpty, "\(found.table)")
    let proof = try await ProofRun(workers: 2).proof(of: "101", in: zip)
    #expect(try await ProofRun(workers: 2).proof(of: "101", in: pack.path) == proof)
    let options = try SampleOptions(
      size: "5", rate: nil, rule: nil, stratum: nil, include: nil)
    let sheet = try await SampleRun(pack: zip, options: options, workers: 2).run().worksheet
    let other = try await SampleRun(pack: pack.path, options: options, workers: 2).run()
    #expect(other.worksheet == sheet)
    let difference = try await DiffRun(old: pack.path, new: zip, workers: 2).run()
    let same = try await DiffRun(old: zip, new: zip, workers: 2).run()
    #expect(try difference.json() == same.json())
    let rendered = pack.job.folder("rendered")
    _ = try await RenderRun(
      pack: zip, options: RenderRun.Options(out: rendered), workers: 2, warning: { _ in }
    ).run()
    let page = try Data(contentsOf: URL(filePath: "\(rendered)/report.html"))
    #expect(try pack.read("report.html") == Array(page))
  }

  @Test("A pack without instances.ndjson, with a policy and decisions, is as good in a file")
  func computedRows() async throws {
    let pack = try await Self.saved { job in
      job.options.format = "json"
      try job.folder.write(
        "gates:\n  - {id: g, metric: population.instances, min: 1}\n", to: "p.yaml")
      job.options.policy = job.folder("p.yaml")
      try job.folder.write(
        "reference_id,approver,decided_at,decision\n1,CORP\\a,2026-07-02T00:00:00Z,approved\n",
        to: "decisions.csv")
      job.options.approvals = job.folder("decisions.csv")
    }
    let zip = try await bundle(of: pack)
    #expect(try await verify(zip).isIntact)
    let options = try SampleOptions(
      size: "5", rate: nil, rule: nil, stratum: nil, include: nil)
    #expect(try await SampleRun(pack: zip, options: options, workers: 2).run().drawn == 5)
  }

  @Test("One pack gives the same bytes twice, wherever it lies and whoever may read it")
  func deterministic() async throws {
    let pack = try await Self.saved()
    let first = try await bundle(of: pack)
    try await TestProcess(
      shell: "cp -r \"$1\" copy && chmod -R go+rX copy && touch -d 2001-01-01 copy/*", pack.path,
      in: pack.job.folder.path
    ).succeed()
    let copy = pack.job.folder("second.zip")
    _ = try await BundleRun(pack: pack.job.folder("copy"), out: copy, workers: 1).run()
    let again = pack.job.folder("third.zip")
    _ = try await BundleRun(pack: first, out: again, workers: 1).run()
    let bytes = try Data(contentsOf: URL(filePath: first))
    #expect(try Data(contentsOf: URL(filePath: copy)) == bytes)
    #expect(try Data(contentsOf: URL(filePath: again)) == bytes)
  }

  @Test(
    "Other programs open it: unzip, 7z and Python",
    arguments: [
      "unzip -tq bundle.zip && unzip -q bundle.zip -d out", "7z x -oout bundle.zip",
      "python3 -c 'import zipfile; z = zipfile.ZipFile(\"bundle.zip\"); assert z.testzip() is None; z.extractall(\"out\")'",
    ])
  func opened(command: String) async throws {
    let pack = try await Self.saved()
    _ = try await bundle(of: pack)
    try await TestProcess(shell: command, in: pack.job.folder.path).succeed()
    let folder = pack.job.folder("out/2026-07-01_2026-10-01")
    try await TestProcess(shell: "sha256sum --quiet -c SHA256SUMS", in: folder).succeed()
    #expect(try await verify(folder).isIntact)
  }

  /// Makes zips as Windows' PowerShell 5 (backslashes, no modes) and as Python does, of the folder given.
  private static let python = """
    import os, sys, zipfile
    kind, folder = sys.argv[1], sys.argv[2]
    with zipfile.ZipFile("other.zip", "w", zipfile.ZIP_STORED if kind == "stored" else zipfile.ZIP_DEFLATED) as z:
        for root, _, files in os.walk(folder):
            for name in files:
                path = os.path.join(root, name)
                short = os.path.relpath(path, os.path.dirname(folder))
                if kind == "windows":
                    entry = zipfile.ZipInfo("x")
                    entry.filename, entry.create_system, entry.compress_type = short.replace("/", "\\\\"), 0, 8
                    z.writestr(entry, open(path, "rb").read())
                elif kind == "mac":
                    z.write(path, short)
                    z.writestr("__MACOSX/" + os.path.join(os.path.dirname(short), "._" + name), b"mac")
                elif kind == "stream":
                    with z.open(zipfile.ZipInfo(short), "w", force_zip64=True) as f:
                        f.write(open(path, "rb").read())
                else:
                    z.write(path, short)
        if kind == "mac":
            z.writestr(os.path.basename(folder) + "/.DS_Store", b"mac")
    """

  @Test(
    "What other programs made of the folder verifies",
    arguments: [
      "zip -qr other.zip 2026-07-01_2026-10-01", "zip -qrD other.zip 2026-07-01_2026-10-01",
      "cd 2026-07-01_2026-10-01 && zip -qr ../other.zip .", "zip -qr0 - 2026* > other.zip",
      "cd .. && zip -qr archive/other.zip archive/2026-07-01_2026-10-01",
      "7z a -tzip other.zip 2026-07-01_2026-10-01", "7z a -tzip -mx=9 other.zip ./2026*/*",
      "PYTHON deflated", "PYTHON stored", "PYTHON windows", "PYTHON mac", "PYTHON stream",
    ])
  func repacked(command: String) async throws {
    let pack = try await Self.saved()
    let archive = pack.job.folder("archive")
    if command.hasPrefix("PYTHON ") {
      let folder = "\(archive)/2026-07-01_2026-10-01"
      try await TestProcess(
        ["python3", "-c", Self.python, String(command.dropFirst(7)), folder], in: archive
      ).succeed()
    } else {
      try await TestProcess(shell: command, in: archive).succeed()
    }
    let found = try await verify("\(archive)/other.zip")
    #expect(found.isIntact, "\(found.table)")
    #expect(
      found.table.contains("an operating system added") == command.hasSuffix("mac"),
      "\(found.table)")
  }

  @Test(
    "A change within a repacked one is found, and where it is",
    arguments: [
      ("printf x >> report.json", "report.json"), ("rm instances.csv", "instances.csv"),
      ("touch notes.txt", "notes.txt"), ("mkdir empty", "empty"),
      ("sed -i 's/$/\\r/' SHA256SUMS", "report.html"), ("rm SHA256SUMS", "SHA256SUMS"),
      ("rm -r evidence", "evidence/journal.jsonl"), ("echo {} > manifest.json", "manifest.json"),
      (
        "mv ../2026-07-01_2026-10-01 ../2025-07-01_2025-10-01; cd ../2025*", "2025-07-01_2025-10-01"
      ),
    ])
  func changed(command: String, place: String) async throws {
    let pack = try await Self.saved()
    try await pack.run("\(command); cd .. && zip -qr other.zip 202?-07*")
    let found = try await verify(pack.job.folder("archive/other.zip"))
    #expect(found.exitStatus == .brokenData, "\(found.table)")
    #expect(found.discrepancies.contains { $0.path == place }, "\(found.table)")
  }

  @Test(
    "A damaged pack, a folder that is none and a name that is taken are refused, and nothing is left"
  )
  func refused() async throws {
    let pack = try await Self.saved()
    let names = { try pack.job.folder.names() }
    let before = try names()
    try await pack.run("printf x >> report.json")
    let damaged = await #expect(throws: PackError.self) { _ = try await bundle(of: pack) }
    #expect("\(try #require(damaged))".contains("report.json was changed"))
    #expect(damaged?.exitStatus == .brokenData)
    let none = await #expect(throws: PackError.self) {
      _ = try await BundleRun(
        pack: pack.job.folder("pages"), out: pack.job.folder("x.zip"), workers: 1
      ).run()
    }
    #expect(none?.exitStatus == .brokenData)
    #expect(try names() == before)
    let linked = try await Self.saved()
    try await linked.run("ln -s /etc/passwd extra")
    await #expect(throws: PackError.self) { _ = try await bundle(of: linked) }
    let sound = try await Self.saved()
    try sound.job.folder.write("mine", to: "bundle.zip")
    let taken = await #expect(throws: ArchiveError.self) { _ = try await bundle(of: sound) }
    #expect(taken?.exitStatus == .outputRefused)
    #expect(try sound.job.folder.read("bundle.zip") == Array("mine".utf8))
    let inside = await #expect(throws: ArchiveError.self) {
      _ = try await BundleRun(pack: sound.path, out: "\(sound.path)/x.zip", workers: 1).run()
    }
    #expect(inside?.exitStatus == .outputRefused)
  }

  @Test("Its name has the host, the period and the day; its files have one folder, mode and time")
  func naming() async throws {
    let pack = try await PackCase.server()
    let manifest = try PublishedPack(at: pack.path).manifest
    let name = { (server: String?) in
      var copy = manifest
      copy.source.server = server
      return BundleName(copy, window: "W").description
    }
    #expect(
      name("https://kf.example.com:8443/KeyfactorAPI") == "kfaudit_kf.example.com_W_2026-11-02.zip")
    #expect(name("http://[::1]:80/KeyfactorAPI") == "kfaudit_1_W_2026-11-02.zip")
    #expect(name("https://../../etc") == "kfaudit_server_W_2026-11-02.zip")
    #expect(name(nil) == "kfaudit_saved-pages_W_2026-11-02.zip")
    let zip = try await bundle(of: pack)
    let listing = try await TestProcess(shell: "unzip -Z \"$1\"", zip).succeed().output
    let lines = listing.split(separator: "\n").dropFirst(2).dropLast()
    #expect(
      lines.allSatisfy {
        $0.hasPrefix("-rw-r--r--") && $0.contains(" 80-Jan-01 00:00 2026-10-01_2026-11-01/")
      }, "\(listing)")
    let paths = lines.compactMap { $0.split(separator: " ").last.map(String.init) }
    #expect(paths == paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(lines.filter { $0.contains(".gz") }.allSatisfy { $0.contains(" stor ") }, "\(listing)")
  }

  @Test("Only over 10 MB the parts that weigh are named, the largest first")
  func size() async throws {
    let pack = try await Self.saved()
    let file = try BundleFile(
      of: StoredPack(at: pack.path), below: "p", for: pack.job.folder("x.zip"))
    let size = try BundleSize(of: file)
    #expect(size.notice(for: "x.zip") == "x.zip has \((file.bytes + 999) / 1000) KB.")
    let large = BundleSize(
      bytes: 12_345_678,
      parts: [("evidence/pages/", 9_999_999), ("report.html", 999_001), ("a", 998), ("b", 1)])
    #expect(
      large.notice(for: "x.zip")
        == "x.zip has 12.4 MB, which some systems do not accept as an attachment. Its largest parts: "
        + "evidence/pages/ 10.0 MB, report.html 1.0 MB, a 998 bytes.")
    #expect(size.parts.reduce(0) { $0 + $1.bytes } < file.bytes)
  }

  @Test("Who interrupts a run while its bundle is written is told to try again; the pack is there")
  func interrupted() async throws {
    let pack = try await Self.saved()
    let task = Task { [path = pack.path] in
      unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
      return await RunBundle(pack: path, workers: 1).make()
    }
    guard case .failure(let failure) = await task.value else {
      Issue.record("it was written")
      return
    }
    #expect(failure.exitStatus == .tryLater && "\(failure)".contains("is published"))
    #expect(
      try pack.job.folder.names(in: "archive").filter { $0.contains("tmp") || $0.contains("zip") }
        == [])
  }

  @Test("A run follows and compares with an earlier pack in a file")
  func previous() async throws {
    let pack = try await Self.saved()
    let zip = try await bundle(of: pack)
    let next = try await Self.saved { job in
      job.options.previous = zip
      job.options.asOf = "2026-11-03T06:00:00Z"
    }
    let manifest = try PublishedPack(at: next.path).manifest
    #expect(manifest.previous?.path == "2026-07-01_2026-10-01")
    let digest = try PublishedPack(at: pack.path).manifestDigest.hexadecimal
    #expect(manifest.previous?.manifestSha256 == digest)
    #expect(try await next.verify().isIntact)
    #expect(try next.read("evidence/inputs/previous.json").isEmpty == false)
  }
}
