import Foundation
import TestSupport
import Testing

/// The built program in processes that somebody has prepared badly.
@Suite("The process that the program is started in", .slow)
struct ProcessTests {
  private let run: SavedPagesRun

  init() throws {
    run = try SavedPagesRun()
  }

  @Test(
    "F17: Without home, temporary folder, input or a stream for errors it works as ever",
    arguments: [
      #"unset HOME TMPDIR; exec "$@""#, #"TMPDIR=/proc/nowhere exec "$@""#, #"exec "$@" <&-"#,
      #"exec "$@" 2>&-"#, #"exec "$@" <&- 2>&-"#,
    ])
  func poor(script: String) async throws {
    let answer = try await run.bench.shell(script, run.arguments)
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(answer.output == "\(run.pack.path)\n")
    try await run.expectPublished()
    try run.remove()
  }

  @Test("F17: With stdout closed the result goes nowhere, least of all into a file of the archive")
  func closedOutput() async throws {
    let answer = try await run.bench.shell(#"exec "$@" >&-"#, run.arguments)
    #expect(answer.status == 74)
    #expect(answer.errors.contains("stdout") && answer.errors.contains(run.pack.path))
    let lock = try String(
      contentsOf: run.archive.appendingPathComponent(".kfaudit.lock"), encoding: .utf8)
    #expect(lock.split(separator: "\n").count == 1 && lock.hasPrefix("pid "))
    try await run.expectPublished()
    try run.remove()
  }

  @Test("F120: A reader of stdout that is gone costs the line, not the pack")
  func closedPipe() async throws {
    let answer = try await run.bench.shell(
      #"mkfifo "$0.pipe.$$"; exec 4<>"$0.pipe.$$" 5>"$0.pipe.$$" 4<&-; rm "$0.pipe.$$"; exec "$@" >&5"#
        .replacing("$0", with: run.folder.path), run.arguments)
    #expect(answer.status == 74)
    #expect(answer.errors.contains(run.pack.path))
    try await run.expectPublished()
    try run.remove()
  }

  @Test("F18: Too low a limit on open files is named before anything is written")
  func fewDescriptors() async throws {
    let answer = try await run.bench.shell(#"ulimit -n 16; exec "$@""#, run.arguments)
    #expect(answer.status == 74)
    #expect(answer.output.isEmpty && answer.errors.contains("RLIMIT_NOFILE"))
    try await run.expectNothing()
    try run.remove()
  }

  @Test("F18: A low limit that may be raised is raised")
  func lowDescriptors() async throws {
    let answer = try await run.bench.shell(#"ulimit -S -n 16; exec "$@""#, run.arguments)
    #expect(answer.status == 0, "\(answer.errors)")
    try await run.expectPublished()
    try run.remove()
  }

  @Test("F18: No image of the memory is left, whatever the limit was")
  func core() async throws {
    let (limits, _) = try await BuiltProgram().serve(["sandbox", "--instances", "1"]) {
      (_, number) in try String(contentsOfFile: "/proc/\(number)/limits", encoding: .utf8)
    }
    let core = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max core file") })
    #expect(core.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"])
    try run.remove()
  }

  @Test(
    "No image of the memory is piped to a program, nor may another process of its user look into it",
    .enabled(if: geteuid() == 0, "what is forbidden shows in who owns a process of another user"))
  func noImage() async throws {
    let (owner, _) = try await BuiltProgram().serve(
      [
        "--reuid=65534", "--clear-groups", BuiltProgram.program.path, "sandbox", "--instances", "1",
      ],
      of: "/usr/bin/setpriv"
    ) { (_, number) in
      try FileManager.default.attributesOfItem(atPath: "/proc/\(number)/environ")[.ownerAccountID]
        as? Int
    }
    #expect(owner == 0)
    try run.remove()
  }

  @Test(
    "F115: A file that grows over the limit on sizes is an error, not a signal",
    arguments: [1, 40, 130])
  func fileSize(kilobytes: Int) async throws {
    let answer = try await run.bench.shell(
      #"ulimit -f \#(kilobytes); exec "$@""#, run.arguments)
    #expect(answer.status == 74)
    #expect(answer.output.isEmpty && answer.errors.contains("EFBIG"), "\(answer.errors)")
    try await run.expectNothing()
    try run.remove()
  }

  @Test("F130: Whatever the mask, files are 0600 and folders 0700", arguments: ["0000", "0777"])
  func umask(mask: String) async throws {
    let answer = try await run.bench.shell(#"umask \#(mask); exec "$@""#, run.arguments)
    #expect(answer.status == 0, "\(answer.errors)")
    let manager = FileManager.default
    for path in try [""] + manager.subpathsOfDirectory(atPath: run.archive.path) {
      let attributes = try manager.attributesOfItem(
        atPath: run.archive.appendingPathComponent(path).path)
      let mode = attributes[.posixPermissions] as? Int
      switch attributes[.type] as? FileAttributeType {
      case .typeDirectory: #expect(mode == 0o700, "\(path)")
      case .typeRegular: #expect(mode == 0o600, "\(path)")
      default: #expect(path == "latest")
      }
    }
    try await run.expectPublished()
    try run.remove()
  }

  @Test(
    "F111: A folder that belongs to another user is refused",
    .enabled(if: geteuid() == 0, "only root may become another user"))
  func otherUser() async throws {
    try FileManager.default.createDirectory(
      at: run.archive, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o755])
    let answer = try await run.bench.shell(
      #"exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@""#, run.arguments)
    #expect(answer.status == 73)
    #expect(answer.output.isEmpty && answer.errors.contains("\(run.archive.path) (mode 0755)"))
    try run.remove()
  }

  @Test(
    "A credential of a service may be root's, and open to the service by an access list",
    .enabled(if: geteuid() == 0, "only root may give a file away"))
  func serviceCredential() async throws {
    #expect(try await run.bench.run(run.arguments).status == 0)
    let key = run.folder.appendingPathComponent("key")
    try Data("0123456789abcdef".utf8).write(to: key)
    // What an access list for one user looks like in the mode.
    try FileManager.default.setAttributes([.posixPermissions: 0o440], ofItemAtPath: key.path)
    var bench = BuiltProgram()
    let arguments = ["render", run.pack.path, "--pseudonymise", key.path, "--out"]
    for (folder, status) in [(nil, 78), (run.pages.path, 78), (run.folder.path, 0)] {
      bench.variables["CREDENTIALS_DIRECTORY"] = folder
      let answer = try await bench.run(arguments + [run.folder.appendingPathComponent("twin").path])
      #expect(answer.status == status && (status == 0 || answer.errors.contains("has mode 0440")))
    }
    try run.remove()
  }

  @Test("F129: Pages on another file system are copied, and cannot be linked")
  func otherFileSystem() async throws {
    let pages = URL(fileURLWithPath: "/dev/shm/\(run.folder.lastPathComponent)")
    try FileManager.default.moveItem(at: run.pages, to: pages)
    let arguments = run.arguments.map { $0 == run.pages.path ? pages.path : $0 }
    let linked = try await run.bench.run(arguments + ["--link-pages"])
    #expect(linked.status == 73)
    #expect(linked.errors.contains("EXDEV") && linked.errors.contains("--link-pages"))
    #expect(try run.names().isEmpty)
    #expect(try await run.bench.run(arguments).status == 0)
    try await run.expectPublished()
    try FileManager.default.removeItem(at: pages)
    try run.remove()
  }

  @Test(
    "F13: A template that cannot be used is named with its line, before anything is written",
    arguments: [
      (#"<slot name="nonsense"/>"#, "nonsense"), ("<p>never closed", "report.html:"),
      ("<p>&nbsp;</p>", "nbsp"),
    ])
  func template(body: String, says: String) async throws {
    let folder = run.folder.appendingPathComponent("template")
    #expect(try await run.bench.run("template", "write", folder.path).status == 0)
    let file = folder.appendingPathComponent("report.html")
    let text = try String(contentsOf: file, encoding: .utf8)
    try text.replacing("</body>", with: "\(body)</body>").write(
      to: file, atomically: false, encoding: .utf8)
    let answer = try await run.bench.run(run.arguments + ["--template", folder.path])
    #expect(answer.status == 78)
    #expect(answer.errors.contains(says) && answer.errors.contains("report.html"))
    #expect(answer.output.isEmpty)
    #expect(try run.names().isEmpty)
    try run.remove()
  }

  @Test("F132: A pack is rendered to the same bytes in another folder, zone, language and name")
  func render() async throws {
    #expect(try await run.bench.run(run.arguments).status == 0)
    var scripts = [
      #"cd /; TZ=Asia/Kathmandu LC_ALL=tr_TR.UTF-8 exec "$@""#,
      #"cd /tmp; TZ=America/St_Johns LC_ALL=C HOME=/nowhere exec "$@""#,
    ]
    if geteuid() == 0 {
      scripts.append(
        #"chown -R 65534 \#(run.folder.path); exec setpriv --reuid=65534 --clear-groups "$@""#)
    }
    for (index, script) in scripts.enumerated() {
      let out = run.folder.appendingPathComponent("out\(index)")
      let answer = try await run.bench.shell(
        script, ["render", run.pack.path, "--out", out.path])
      #expect(answer.status == 0, "\(answer.errors)")
      let files = try FileManager.default.subpathsOfDirectory(atPath: out.path)
      #expect(files.contains("report.html") && files.contains("tables/users.csv"))
      for file in files where !file.hasSuffix("tables") {
        let isSame =
          try Data(contentsOf: out.appendingPathComponent(file))
          == Data(contentsOf: run.pack.appendingPathComponent(file))
        #expect(isSame, "\(file)")
      }
    }
    try run.remove()
  }
}
