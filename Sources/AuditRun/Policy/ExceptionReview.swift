import AuditModel

/// What has become of a policy's exceptions, as of an instant.
struct ExceptionReview {
  /// What is worth knowing of them, a sentence each.
  private(set) var findings: [CompletenessDocument.Finding] = []
  /// How many were needed.
  private let used: Int

  /// Looks at each exception, and at each pair of them.
  init(of exceptions: [PolicyException], used: Set<Int>, asOf: Instant) {
    self.used = used.count
    for (index, exception) in exceptions.enumerated() {
      let name = "The exception \(exception.ticket) for the gate \(exception.gate)"
      if exception.expires <= asOf {
        add(.expired, "\(name) ended at \(exception.expires).")
      } else if !used.contains(index) {
        add(.unused, "\(name) was not needed.")
      }
      for other in exceptions[(index + 1)...] where other.overlaps(exception) {
        add(.overlapping, "\(name) and \(other.ticket) cover the same breaches.")
      }
    }
  }

  private enum Code: String {
    case expired = "EXCEPTION_EXPIRED"
    case unused = "EXCEPTION_UNUSED"
    case overlapping = "EXCEPTION_OVERLAP"
  }

  private mutating func add(_ code: Code, _ text: String) {
    findings.append(.init(code: code.rawValue, text: text))
  }

  /// The counts that gates can ask for, where ``ReportFigure`` looks for them.
  var figures: JSONValue {
    let count = { (code: Code) in
      JSONValue.integer(Int64(findings.count { $0.code == code.rawValue }))
    }
    return .object([
      "exceptions": .object([
        "expired": count(.expired), "unused": count(.unused), "overlapping": count(.overlapping),
        "used": .integer(Int64(used)),
      ])
    ])
  }
}
