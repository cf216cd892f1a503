import AuditModel

/// Saved pages that follow from a seed, written in every way that JSON and the product allow: keys and GUIDs in any case,
/// numbers in quotes, escapes, names, titles and messages that hold what delimits them, several versions of a row.
package struct HostileRows {
  /// The pages' bodies, in their order.
  package let pages: [String]
  /// The configuration that goes with them.
  package let configuration = """
    statusMap: {2: Failed, 5: Complete, 7: Suspended, 11: Rejected}
    serviceLevels: {Enrollment: [4h], Revocation: [24h, 5d]}
    serviceUsers: [svc-renewal]
    calendar:
      timeZone: Europe/Berlin
      hours: {Monday: ["08:00-12:00"], Thursday: ["00:00-24:00"]}
    """

  private static let sizes = [1, 7, 30, 60, 90]

  /// Makes the pages of a seed.
  package init(seed: Int) {
    var maker = Maker(SeededGenerator(seed: UInt64(seed) &+ 0x5EED))
    var rows: [String] = []
    for index in 0..<Self.sizes[seed % Self.sizes.count] {
      let id = Int64(1000 + index * 3)
      for _ in 0..<(maker.one(in: 12) ? 3 : 1) { rows.append(maker.row(id)) }
    }
    if seed % 3 != 0 { rows.shuffle(using: &maker.generator) }
    let part = rows.count / 3 + 1
    pages = stride(from: 0, to: rows.count, by: part).enumerated().map { number, start in
      let body = rows[start..<min(start + part, rows.count)].joined(separator: ",\n ")
      return (number == 1 ? "\u{FEFF}" : "") + "[\(body)]\n"
    }
  }

  /// Makes one row after the other.
  private struct Maker {
    var generator: SeededGenerator

    init(_ generator: SeededGenerator) {
      self.generator = generator
    }

    private static let pieces = [
      "a", "Mail", " ", "'", "’", "‘", "“", "”", "\"", "\\", " failed", "failed:", " failed: ",
      "(B)",
      "=1+1", ";=1", ",", "\t@x", "|-1", "\r\n", "\n+1", "\0", "\u{1B}[2J", "\u{202E}", "\u{FEFF}",
      "e\u{301}", "é", "\u{301}", "\\u{41}", "'=", "💳", "\u{FFFE}", "+", " with Id 7", "CN=",
      "\u{2028}",
      "\u{85}", "K", "ſ", "İ", "Step '", "<b>", "&amp;", "𝒳", "\u{FE0F}", "ＦＵ＝", "DOMAIN\\x",
      "_x0041_",
    ]

    mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }

    /// Whether it happens, once in so many times.
    mutating func one(in times: Int) -> Bool { below(times) == 0 }

    mutating func one<Element>(of elements: [Element]) -> Element {
      elements[below(elements.count)]
    }

    mutating func text() -> String {
      (0..<below(6)).map { _ in one(of: Self.pieces) }.joined()
    }

    /// A string in JSON, now and then with half of a surrogate pair.
    mutating func json(_ text: String) -> String {
      let half = one(in: 80) ? one(of: [#"\ud800"#, #"\udc00x"#, #"\ud83d\ud83d\udcb3"#]) : ""
      return "\"\(half)\(escaped(text))\(half)\""
    }

    /// A string in JSON without its quotes, with escapes where there must be some and where there may be.
    mutating func escaped(_ text: String) -> String {
      var written = ""
      for scalar in text.unicodeScalars {
        if scalar == "\"" || scalar == "\\" {
          written += "\\" + String(scalar)
        } else if scalar.value < 0x20 || one(in: 20) {
          for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16, uppercase: one(in: 2))
            written += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
          }
        } else {
          written.unicodeScalars.append(scalar)
        }
      }
      return written
    }

    /// A text, or none.
    mutating func optional(_ texts: String...) -> String {
      switch below(6) {
      case 0: "null"
      case 1: json("")
      case 2: json(text())
      default: json(one(of: texts))
      }
    }

    mutating func key(_ key: String) -> String {
      switch below(8) {
      case 0: "\"\(escaped(key.lowercased()))\" : "
      case 1: "\"\(escaped(key.uppercased()))\":"
      default: "\"\(key)\":"
      }
    }

    mutating func guid(_ number: Int64) -> String {
      let text = "9c996cd3-0f0e-4b0c-9f0f-\(100_000_000_000 + number)"
      return switch below(5) {
      case 0: text.uppercased()
      case 1: "{\(text)}"
      default: text
      }
    }

    mutating func row(_ id: Int64) -> String {
      var fields = [
        key("Id") + "\"\(escaped(guid(id)))\"",
        key("ReferenceId") + one(of: ["\(id)", "\"\(id)\"", "\(id).0", "\(id)0e-1"]),
        key("Status") + status(), key("StatusMessage") + message(),
        key("CurrentStepId") + optional(guid(below(2) == 0 ? 3 : 4), "9C996CD3-0f0e", "{x}"),
        key("CurrentStepDisplayName") + optional("Step 1", "Mail"),
        key("CurrentStepUniqueName") + optional("RequireApproval1", "requireapproval", "Mail1"),
        key("Title") + title(), key("StartDate") + date(), key("LastModified") + date(later: true),
        key("Definition") + definition(),
      ]
      if one(in: 10) { fields.append(json("x" + text()) + #":[1,{"a":null}]"#) }
      for _ in 0..<2 where one(in: 10) { fields.remove(at: 2 + below(fields.count - 2)) }
      fields.shuffle(using: &generator)
      return "{\(fields.joined(separator: one(of: [",", ", ", ",\n\t"])))}"
    }

    private mutating func status() -> String {
      switch below(8) {
      case 0: one(of: ["2", "2.0", "20e-1", "5", "7", "9", "-2", "null", "0"])
      case 1:
        json(one(of: ["2", "02", " 2", "2.0", "+2", "5", "７", "11", "9", "unknown(2)", "-0"]))
      case 2:
        json(one(of: ["complete", "FAILED", "Dreaming", "Complete ", "ſuspended", "unknown", ""]))
      default:
        json(
          one(of: [
            "Complete", "Complete", "Failed", "Failed", "Rejected", "Running", "Suspended",
            "CanceledForRestart",
          ]))
      }
    }

    private mutating func message() -> String {
      let step = "N" + text()
      let (open, close) = one(of: [
        ("'", "'"), ("‘", "’"), ("\"", "\""), ("“", "”"), ("", ""), ("'", ""),
      ])
      let messages = [
        "Step \(open)\(step)\(close) failed: \(text())",
        "step \(open)\(step)\(close) FAILED\(text())",
        "Step \(open)\(text())\(close) failed: x", "Step ‘Keyfactor-Enroll’ failed: \(text())",
        "Step 'keyfactor-revoke' failed:x", "Step \(text())", "Issued", "issued\(text())",
        "Revoked.",
        "Taken Under Submission. \(text())", "Access is denied", "Pre-process failed\(text())",
        "Post-process Failed: x",
        "Either the credentials are invalid, or the CA on \(text()) is not running",
        "Either the credentials are invalid, or the CA on \(text())",
        "Workflow rejected by user with Id \(one(of: ["7", "7.", "8 (B)", "7c9e", "", "7-8", "9\n"]))",
        "Workflow rejected by user with Id 99999999999999999999", "Workflow rejected by users",
        "Awaiting \(below(4)) more approval(s) from approval roles.", "Awaiting more approvals",
        "awaiting 2 more approval", text(),
      ]
      return one(in: 8) ? "null" : json(one(of: messages))
    }

    private mutating func title() -> String {
      let user = one(of: [
        "CORP\\ada", "corp\\Ada", "corp\\ad\u{E4}", "CORP\\AD\u{C4}", "Timer Service",
        "svc-renewal",
        "bob@corp.example", "", text(),
      ])
      let phrase = one(of: [
        " is enrolling for a certificate with ", " is revoking certificate with ",
        " is enrolling for a certificate with ", " Is enrolling for a certificate with ",
        " renews ",
      ])
      let rest = one(in: 8) ? " is revoking certificate with CN=b" : ""
      return one(in: 12)
        ? "null" : json(user + phrase + subject() + rest + one(of: [".", "", ".."]))
    }

    private mutating func subject() -> String {
      if one(in: 5) {
        return one(of: ["", "CN=", "cn=" + text(), text(), "CN=\"\"", " CN=a", "*.b"])
      }
      let types = ["CN", "cn", "O", "OU", "C", "2.5.4.3", "1.2", "5", "x-Y", "CN "]
      return (0...below(3)).map { index in
        let separator = index == 0 ? "" : one(of: [",", ", ", "+", "+ ", ";", " , ", ",  "])
        return "\(separator)\(one(of: types))=\(value())"
      }.joined()
    }

    private mutating func value() -> String {
      let value = text()
      return switch below(7) {
      case 0: "\"\(value)\""
      case 1: "\"\(value.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined())\""
      case 2: value.utf8.map { "\\" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      case 3:
        one(of: ["#0a1b", "#0", "\\ x\\ ", "\"a, b\"", "\"EX\\user\"", "a\\,b", "\\C3", "\"\\C3\""])
      case 4: value
      default: "host\(below(3)).example"
      }
    }

    private mutating func definition() -> String {
      if one(in: 10) { return one(of: ["null", "{}", "{ }"]) }
      var fields = [
        key("Id") + optional(guid(Int64(below(3))), "no GUID"),
        key("DisplayName") + optional("Definition 1", "Definition 2"),
        key("Version")
          + one(of: [
            "1", "2", "\"2\"", "1.0", "1e1", "1.5", "\"x\"", "null", "99999999999999999999",
          ]),
        key("WorkflowType")
          + optional("Enrollment", "Enrollment", "Revocation", "enrollment", "Expiration"),
      ]
      if one(in: 15) { fields.append(json("y" + text()) + ":{}") }
      if one(in: 10) { fields.remove(at: below(fields.count)) }
      return "{\(fields.joined(separator: ","))}"
    }

    private mutating func date(later: Bool = false) -> String {
      if one(in: 12) {
        return one(of: [
          "null", "\"\"", "\"0001-01-01T00:00:00\"", "\"2031-01-01T00:00:00Z\"",
          "\"2026-02-30T00:00:00Z\"",
          "\"2026-10-01T24:00:00Z\"", "\"2026-10-01\"", "\"2026-10-01T00:00:00.12345678Z\"",
          "\"2026-10-01T00:00:00+24:00\"", "\"2026-10-01T00:00:60Z\"",
        ])
      }
      let day = (later ? 12 : 1) + below(later ? 18 : 28)
      let two = { (number: Int) in (number < 10 ? "0" : "") + String(number) }
      let month = !later && one(in: 8) ? "09" : "10"
      let time = "\(two(below(24))):\(two(below(60))):\(two(below(60)))"
      let fraction = one(of: ["", "", ".5", ".0019999", ".123"])
      let zone = one(of: ["Z", "Z", "z", "", "+05:45", "-11:30"])
      return
        "\"2026-\(month)-\(two(day))\(one(of: ["T", "T", "t", " "]))\(time)\(fraction)\(zone)\""
    }
  }
}
