import AuditModel
import Testing

@testable import AuditPlan
@testable import AuditReduce
@testable import AuditRun

@Suite("The configuration that is in force")
struct ConfigShowTests {
  private func shown(
    _ variables: [String: String] = [:], files: [String: NamedFile] = [:],
    _ change: (inout AuditOptions) -> Void = { _ in }
  ) -> ConfigShow {
    var options = AuditOptions()
    change(&options)
    let environment = RunEnvironment(
      variables: variables, now: Instant(milliseconds: 1_793_600_000_000), homeFolder: nil
    ) { (path, _) throws(NamedFileError) in
      guard let file = files[path] else { throw .missing }
      return file
    }
    return ConfigShow(of: options, in: environment)
  }

  private func row(_ name: String, of shown: ConfigShow) -> [String]? {
    shown.rows.first { $0.name == name }.map { [$0.value, $0.origin] }
  }

  private static let configuration = NamedFile(
    bytes: Array(
      """
      timeZone: Europe/Berlin
      pageSize: 250
      serviceLevels:
        Enrollment: [72h]
      indicators: {ownRevocationDays: 3}

      """.utf8), mode: 0o644, isOwn: true)

  @Test("Flags win over the environment, the environment over the profile, all over the file")
  func strength() {
    let profile = NamedFile(
      bytes: Array(
        #"{"servers": {"default": {"host": "old.example", "username": "u", "password": "profile-pw"}}}"#
          .utf8), mode: 0o600, isOwn: true)
    let variables = [
      "KEYFACTOR_AUTH_CONFIG_FILE": "profile.json", "KEYFACTOR_USERNAME": "auditor",
    ]
    let files = ["profile.json": profile, "kf.yaml": Self.configuration]
    let shown = shown(variables, files: files) { options in
      options.config = "kf.yaml"
      options.period = "2026-10"
      options.pageSize = "100"
    }
    #expect(shown.failure == nil)
    #expect(row("page-size", of: shown) == ["100", "--page-size"])
    #expect(row("time-zone", of: shown) == ["Europe/Berlin", "kf.yaml:1:1"])
    #expect(row("host", of: shown) == ["old.example", "host of profile default in profile.json"])
    #expect(row("username", of: shown) == ["auditor", "KEYFACTOR_USERNAME"])
    #expect(
      row("password", of: shown) == [
        "(set, not shown)", "password of profile default in profile.json",
      ])
    #expect(row("serviceLevels.Enrollment", of: shown) == ["[72h]", "kf.yaml:4:3"])
    #expect(row("serviceLevels.Revocation", of: shown) == ["[24h, 5d]", "default"])
    #expect(row("indicators.ownRevocationDays", of: shown)?.first == "3")
    #expect(row("indicators.hastyApprovalSeconds", of: shown) == ["60", "default"])
    #expect(row("concurrency", of: shown) == ["4", "default"])
    #expect(
      row("window", of: shown) == [
        "2026-09-30T22:00:00.000Z to 2026-10-31T23:00:00.000Z", "resolved",
      ])
  }

  @Test("No secret is shown, wherever it stands")
  func secrets() throws {
    let shown = shown([
      "KEYFACTOR_HOSTNAME": "kf.example", "KEYFACTOR_PASSWORD": "hunter2secret",
      "KEYFACTOR_USERNAME": "u", "HTTPS_PROXY": "http://me:hunter2secret@proxy:3128",
      "KEYFACTOR_AUTH_ACCESS_TOKEN": "hunter2secret",
      "KEYFACTOR_AUTH_CLIENT_SECRET": "hunter2secret",
      "KEYFACTOR_AUTH_TOKEN_URL": "https://x:hunter2secret@idp.example/token",
    ]) { options in
      options.server = "https://me:hunter2secret@kf.example"
      options.signCommand = "sign --pin hunter2secret"
      options.timestampURL = "https://me:hunter2secret@tsa.example"
    }
    let json = try shown.json()
    #expect(!shown.table.contains("hunter2"))
    #expect(!json.contains("hunter2"))
    #expect(shown.table.contains("(set, not shown)"))
    #expect(shown.table.contains("http://(redacted)@proxy:3128"))
  }

  @Test("What a run would refuse is said, and all the rest is shown all the same")
  func refused() {
    let shown = shown(files: ["kf.yaml": Self.configuration]) { options in
      options.config = "kf.yaml"
      options.concurrency = "99"
    }
    #expect(shown.failure?.description.contains("--concurrency '99'") == true)
    #expect(shown.failure?.description.contains("no period is set") == true)
    #expect(row("concurrency", of: shown) == ["99", "--concurrency"])
    #expect(row("page-size", of: shown) == ["250", "kf.yaml:2:1"])
    #expect(row("host", of: shown) == ["(none)", "default"])
  }

  @Test("Every option is shown, but for the numbers of the sandbox and what others exclude")
  func complete() {
    let settings = shown { $0.sandbox = true }.rows.map(\.name)
    for setting in Settings.shown { #expect(settings.contains(setting.declaration.name)) }
  }

  @Test("Saved pages have no server, and the sandbox has none either")
  func sources() {
    #expect(row("host", of: shown { $0.pages = "saved" }) == nil)
    #expect(row("sandbox", of: shown { $0.sandbox = true }) == ["yes", "--sandbox"])
  }
}
