import CommandSandbox
import Foundation
import TestSupport
import Testing

@Suite("kfaudit run --control-design", .slow)
struct ControlDesignTests {
  private static func options(_ change: (inout SandboxOptions) -> Void = { _ in }) -> SandboxOptions
  {
    var options = SandboxOptions()
    options.instances = 300
    // October 2024: over whatever the machine's clock says.
    (options.from, options.to) = (1_727_740_800_000, 1_730_419_200_000)
    change(&options)
    return options
  }

  private static let window = ["--from", "2024-10-01", "--to", "2024-11-01"]

  /// The program with the credentials of a sandbox and a folder of its own.
  private final class Bench {
    let folder: URL
    var program = BuiltProgram()

    init() throws {
      folder = FileManager.default.temporaryDirectory.appending(path: "kfaudit-\(UUID())")
      try FileManager.default.createDirectory(
        at: folder.appending(path: "tmp"), withIntermediateDirectories: true)
      program.variables = [
        "KEYFACTOR_USERNAME": "KEYEXAMPLE\\auditor", "KEYFACTOR_PASSWORD": "sandbox",
        "TMPDIR": folder.appending(path: "tmp").path,
      ]
    }

    deinit {
      do {
        try FileManager.default.removeItem(at: folder)
      } catch {
        Issue.record(error)
      }
    }

    func run(_ sandbox: Sandbox, _ others: String...) async throws -> TestProcess.Answer {
      try await program.run(
        ["run", "--server", sandbox.baseURL, "--out", folder.appending(path: "archive").path]
          + ControlDesignTests.window + others)
    }

    /// Every file below the folder, gzip undone.
    func files() async throws -> [(path: String, bytes: [UInt8])] {
      var found: [(path: String, bytes: [UInt8])] = []
      for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() {
        let url = folder.appending(path: path)
        let type = try FileManager.default.attributesOfItem(atPath: url.path)[.type]
        guard type as? FileAttributeType == .typeRegular else { continue }
        let isCompressed = path.hasSuffix(".gz")
        let bytes =
          isCompressed
          ? try await TestProcess(["gzip", "-dc", url.path]).succeed().bytes
          : Array(try Data(contentsOf: url))
        found.append((path, bytes))
      }
      return found
    }
  }

  /// What a secret may look like: as it is, backwards, in hexadecimal, in Base64 at any place, and in the escapes of
  /// addresses, of JSON and of markup.
  private static func forms(of secret: String) -> [String] {
    let bytes = Array(secret.utf8)
    let hexadecimal = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
    let base64 = (0..<3).map { offset in
      let encoded = Data([UInt8](repeating: 0x78, count: offset) + bytes).base64EncodedString()
      // The digits at the ends depend on what surrounds the secret.
      return String(encoded.dropFirst(4).dropLast(4))
    }
    return [
      secret, String(secret.reversed()), hexadecimal.joined(),
      hexadecimal.map { "%" + $0 }.joined(), hexadecimal.map { "\\u00" + $0 }.joined(),
      bytes.map { "&#\($0);" }.joined(),
    ] + base64
  }

  private static func holds(_ text: [UInt8], _ form: String) -> Bool {
    String(decoding: text, as: UTF8.self).lowercased().contains(form.lowercased())
  }

  @Test("Nothing of the other steps is in any file, on stdout or on stderr, in any encoding")
  func secrets() async throws {
    let sandbox = try await Sandbox.start(Self.options())
    let bench = try Bench()
    let answer = try await bench.run(
      sandbox, "--control-design", "--verbose", "--format",
      "csv,json,ndjson,html,xlsx,junit,markdown,metrics")
    try await sandbox.stop()
    #expect(answer.status == 0, "\(answer.errors)")
    let secrets = Sandbox.secrets(seed: 1)
    #expect(secrets.count == 60 && Set(secrets).count == 60)
    var texts = try await bench.files()
    #expect(texts.contains { $0.path.contains("/evidence/definitions/") })
    texts += [("stdout", answer.bytes), ("stderr", Array(answer.errors.utf8))]
    // Every secret begins alike, so that its start in each form is a form of them all.
    let starts = Set(Self.forms(of: "planted-"))
    for (path, bytes) in texts {
      let text = String(decoding: bytes, as: UTF8.self).lowercased()
      for start in starts where start.count > 5 {
        #expect(!text.contains(start.lowercased()), "\(path) holds \(start)")
      }
      for secret in secrets {
        for form in Self.forms(of: secret) where text.contains(form.lowercased()) {
          Issue.record("\(path) holds \(form)")
        }
      }
    }
    // The search finds what is there: an answer of the server itself.
    let answerOfServer = Array("{\"client_secret\":\"\(secrets[3])\"}".utf8)
    #expect(Self.forms(of: secrets[3]).contains { Self.holds(answerOfServer, $0) })
  }

  @Test("No definition is asked for unless it is wished, and then each version once")
  func requests() async throws {
    let sandbox = try await Sandbox.start(Self.options())
    let bench = try Bench()
    #expect(try await bench.run(sandbox).status == 0)
    #expect(!sandbox.requests.contains { $0.contains("Definitions") })
    let answer = try await bench.run(sandbox, "--control-design")
    #expect(answer.status == 0 && answer.output.hasSuffix(".r2\n"), "\(answer.errors)")
    let asked = sandbox.requests.filter { $0.contains("Definitions") }
    try await sandbox.stop()
    let pack = String(answer.output.dropLast())
    let report =
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(filePath: "\(pack)/report.json"))) as? [String: Any]
    let metrics = report?["metrics"] as? [String: Any]
    let design = metrics?["controlDesign"] as? [String: Any]
    let definitions = design?["definitions"] as? [Any] ?? []
    #expect(definitions.count > 12)
    #expect(asked.count == definitions.count && Set(asked).count == asked.count, "\(asked)")
    #expect(asked.allSatisfy { $0.contains("?definitionVersion=") })
  }

  @Test("Where definitions may not be read, the run says so and ends as it would without")
  func refused() async throws {
    let sandbox = try await Sandbox.start(Self.options { $0.showsDefinitions = false })
    let bench = try Bench()
    let answer = try await bench.run(sandbox, "--control-design")
    #expect(answer.status == 0)
    #expect(answer.errors.contains("/workflows/definitions/read/"), "\(answer.errors)")
    #expect(sandbox.requests.filter { $0.contains("Definitions") }.count == 1)
    let check = try await bench.program.run(
      ["check", "--server", sandbox.baseURL, "--control-design"] + Self.window)
    #expect(check.status == 0)
    #expect(check.output.contains("control design") && check.output.contains("403"), "\(check)")
    try await sandbox.stop()
  }

  @Test("The check says beforehand that definitions may be read, and by which version of the API")
  func check() async throws {
    for profile in [SandboxOptions.Profile.v25, .v11] {
      let sandbox = try await Sandbox.start(Self.options { $0.profile = profile })
      let bench = try Bench()
      let check = try await bench.program.run(
        ["check", "--server", sandbox.baseURL, "--control-design"] + Self.window)
      try await sandbox.stop()
      let line = check.output.split(separator: "\n").first { $0.hasPrefix("control design") }
      let version = profile == .v25 ? 2 : 1
      #expect(
        line?.contains("passed") == true && line?.contains("version \(version) of the API") == true,
        "\(check)")
    }
    let empty = try await Sandbox.start(Self.options { $0.instances = 0 })
    let bench = try Bench()
    let check = try await bench.program.run(
      ["check", "--server", empty.baseURL, "--control-design"] + Self.window)
    try await empty.stop()
    #expect(
      check.output.contains("there is no instance whose definition could be asked for"), "\(check)")
  }

  @Test("Saved pages have no server to ask, so that it is a mistake to ask")
  func pages() async throws {
    let answer = try await BuiltProgram().run("run", "--pages", "x", "--control-design")
    #expect(answer.status == 64)
    #expect(answer.errors.contains("--control-design and --pages cannot be used together"))
  }
}
