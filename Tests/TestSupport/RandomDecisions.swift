import AuditModel

/// A file of decisions on the rows of ``RandomRows`` that follows from a seed, in one of the two shapes.
///
/// Most instances have a decision, some have several, the same one twice, or one that comes before the start or after the
/// end; some decisions are on instances that are not there.
package struct RandomDecisions {
  /// The file.
  package let csv: String

  private static let day: Int64 = 86_400_000
  private static let origin: Int64 = 1_790_812_800_000
  private static let approvers = [
    #"CORP\ada"#, #"corp\ADA"#, #"CORP\bob"#, #"CORP\pki1"#, #"CORP\pki2"#, #"corp\PKI2"#,
    "bob@corp.example", "Bob@corp.example", "svc-approve", #"CORP\ren\#u{E9}"#,
  ]

  /// Makes the decisions of a seed.
  package init(seed: Int) {
    var maker = Maker(generator: SeededGenerator(seed: UInt64(seed) &+ 7919))
    csv = seed % 2 == 0 ? maker.decisions(seed) : maker.auditLog()
  }

  private struct Maker {
    var generator: SeededGenerator

    mutating func below(_ limit: Int64) -> Int64 {
      Int64.random(in: 0..<limit, using: &generator)
    }

    mutating func one<Element>(of elements: [Element]) -> Element {
      elements[Int(below(Int64(elements.count)))]
    }

    /// A time with a zone, now and then another than UTC.
    mutating func time() -> String {
      let instant = Instant(
        milliseconds: RandomDecisions.origin + below(34 * RandomDecisions.day) - 2
          * RandomDecisions.day)
      if below(4) > 0 { return "\(instant)" }
      let there = instant.advanced(byMilliseconds: 19_800_000).description
      return "\(there.dropLast())+05:30"
    }

    private static func id(_ referenceID: Int64) -> String {
      "9c996cd3-0f0e-4b0c-9f0f-\(100_000_000_000 + referenceID)"
    }

    /// The reference ids that are decided on, some twice; the last ones are nobody's.
    private mutating func targets() -> [Int64] {
      (0..<310).flatMap { index in
        Array(repeating: Int64(1000 + index * 2), count: Int(max(0, below(5) - 1)))
      } + [999, 999, 77]
    }

    mutating func decisions(_ seed: Int) -> String {
      let both = seed % 4 == 2
      var lines = ["reference_id,\(both ? "id," : "")approver,decided_at,decision,comment,ticket"]
      for target in targets() {
        let named = below(3) == 0 && both
        let number = named ? "" : "\(target)"
        let id = both ? (named || below(3) == 0 ? "\(Self.id(target).uppercased())," : ",") : ""
        let comment = one(of: ["", "fine", "\"a \"\"second\"\" look,\nthen\""])
        let outcome = below(5) == 0 ? "rejected" : "approved"
        let line =
          "\(number),\(id)\(one(of: RandomDecisions.approvers)),\(time()),\(outcome),\(comment),T-1"
        lines += below(9) == 0 ? [line, line] : [line]
      }
      return lines.joined(separator: "\r\n") + "\r\n"
    }

    mutating func auditLog() -> String {
      var lines = ["Id,Timestamp,Message,Operation,Level,User,Category,Name,XMLMessage"]
      let targets = targets()
      for (index, target) in targets.enumerated() {
        let operation = one(of: [
          "Approved", "Approved", "APPROVED", "Denied", "Rejected", "Disapproved", "Updated", "",
        ])
        let other = below(8) == 0 ? " and \(Self.id(one(of: targets)))" : ""
        let id = below(9) == 0 ? "nobody" : "{\(Self.id(target))}\(other)"
        let zoneless = time().dropLast().prefix(19)
        let line = """
          \(index),\(zoneless),"\(one(of: RandomDecisions.approvers)) did it, twice",\(operation),Information,\
          \(one(of: RandomDecisions.approvers)),Workflow,CN=host,"<x id=""\(id)""/>"
          """
        lines += below(9) == 0 ? [line, line] : [line]
      }
      return "\u{FEFF}" + lines.joined(separator: "\n") + "\n"
    }
  }
}
