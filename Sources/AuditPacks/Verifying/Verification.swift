package import AuditEvidence
package import AuditModel

/// What a verification found out about a pack.
package struct Verification: Sendable, Equatable {
  /// One thing that was looked at.
  package struct Check: Codable, Sendable, Equatable {
    /// How it went.
    package enum Result: String, Codable, Sendable {
      /// It was looked at, and nothing is wrong.
      case passed
      /// It was looked at, and there are discrepancies.
      case failed
      /// It could not be done, or was not asked for.
      case notDone
    }

    /// What was looked at.
    package var name: String
    /// How it went.
    package var result: Result
    /// What was found, in words.
    package var detail: String
  }

  /// The pack as the user named it.
  package var pack: String
  /// What was looked at, in order.
  package var checks: [Check] = []
  /// What is not as it should be.
  package var discrepancies: [Discrepancy] = []
  /// Why this machine could not look at everything, such as a full disk or no more descriptors; `nil` when it could.
  package internal(set) var obstacle: Message?

  /// The row that a proof leads to the root from, as its leaf has it; untrusted text.
  package internal(set) var provenRow: String?

  /// What is known of who signed; `nil` where a signature was not looked at, or is wrong.
  package var origin: Origin?

  /// What is known of who made what was verified.
  package enum Origin: Sendable, Equatable {
    /// Nothing is signed.
    case unsigned
    /// Somebody signed whom no trust anchor vouches for.
    case notEstablished(signer: String)
    /// A trust anchor vouches for the signer.
    case established(signer: String)
  }

  /// Starts with nothing looked at.
  package init(pack: String) {
    self.pack = pack
  }

  /// Whether everything was looked at that could be, and nothing is wrong.
  package var isIntact: Bool { exitStatus == .complete }

  /// What the program exits with: a discrepancy that was found counts, whatever could not be looked at besides.
  package var exitStatus: ExitStatus {
    discrepancies.isEmpty ? obstacle?.code.exitStatus ?? .complete : .brokenData
  }

  /// Ends a verification that cannot go on.
  package mutating func stop(because failure: any AuditFailure) {
    obstacle = failure.message
    leaveOut("everything else", because: failure.description)
  }

  /// Adds what was looked at; it failed when there are discrepancies.
  package mutating func add(_ name: String, _ detail: String, _ found: [Discrepancy] = []) {
    let count = "\(found.count) discrepanc\(found.count == 1 ? "y" : "ies")"
    checks.append(
      Check(
        name: name, result: found.isEmpty ? .passed : .failed,
        detail: found.isEmpty ? detail : count))
    discrepancies += found
  }

  /// Adds what was not looked at.
  mutating func leaveOut(_ name: String, because reason: String) {
    checks.append(Check(name: name, result: .notDone, detail: reason))
  }
}

extension Verification {
  /// As JSON, indented; without a reason where there is a verdict, and without a row where none was proved.
  package func json() throws -> String {
    let document: JSONObject = [
      "schemaVersion": 1, "pack": pack, "verdict": word, "reason": undetermined?.text,
      "row": provenRow, "checks": checks,
      "discrepancies": discrepancies.map { found -> JSONObject in
        ["code": found.code, "path": found.path, "text": found.description]
      },
    ]
    return String(decoding: try JSONFile.bytes(document).dropLast(), as: UTF8.self)
  }

  /// What kept it from a verdict; `nil` where there is one.
  private var undetermined: Message? { discrepancies.isEmpty ? obstacle : nil }

  private var word: String {
    if undetermined != nil { return "notDetermined" }
    return discrepancies.isEmpty ? "intact" : "discrepancies"
  }

  /// As a table to read.
  package var table: String {
    let rows = checks.map {
      ($0.name, $0.result == .notDone ? "not done" : $0.result.rawValue, $0.detail)
    }
    let row = provenRow.map { ["row: \(TerminalText.sanitized($0, limit: .max))"] } ?? []
    return ([PlainTable.of(rows)] + discrepancies.map { "- \($0)" } + row + [conclusion])
      .joined(separator: "\n")
  }

  private var conclusion: String {
    let place = TerminalText.sanitized(pack)
    if let undetermined { return "NOT DETERMINED: \(undetermined)" }
    if provenRow != nil { return "CONSISTENT: the row above is one of those under the root." }
    guard discrepancies.isEmpty else {
      return "NOT INTACT: \(place) has \(discrepancies.count) "
        + "discrepanc\(discrepancies.count == 1 ? "y" : "ies")."
    }
    return switch origin {
    case .established(let signer):
      "VERIFIED: \(place) is what \(TerminalText.sanitized(signer)) signed.\(omissions)"
    case .notEstablished(let signer):
      "CONSISTENT: the files of \(place) fit together. It is not established who the signer "
        + "\(TerminalText.sanitized(signer)) is: pass --ca-file or --allowed-signers.\(omissions)"
    case .unsigned, nil:
      "CONSISTENT: the files of \(place) fit together. It is not signed, so nothing shows who made it.\(omissions)"
    }
  }

  /// The names of checks that were not done, but for those of signature and timestamp, which need not be there.
  package var omitted: [String] {
    checks.filter { $0.result == .notDone && !["signature", "timestamp"].contains($0.name) }
      .map(\.name)
  }

  /// What a reader of the last line might think was looked at.
  private var omissions: String {
    omitted.isEmpty ? "" : " Not done: \(omitted.joined(separator: ", "))."
  }
}
