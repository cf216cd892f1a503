package import AuditEvidence
import AuditFiles
package import AuditModel
import AuditPlan

/// Which sample is asked for.
package struct SampleOptions: Sendable {
  /// How many items.
  package let size: SampleSize
  /// The column whose values are the strata; `nil` for none.
  package let stratum: InstanceColumn?
  /// Statuses and outcomes whose instances are all taken besides.
  package let included: [String]

  /// The columns that may make strata: those with few values.
  private static let strata: [InstanceColumn] = [
    .status, .outcome, .workflowType, .definitionName, .definitionVersion, .definitionID, .user,
    .userKind, .action, .stepName, .stepUniqueName, .failureClass, .titleRule,
  ]

  /// Reads what was asked for.
  ///
  /// - Parameters:
  ///   - size: `--size`, a whole number.
  ///   - rate: `--rate`, a share such as `0.03` or `3%`, with at most a tenth of a percent.
  ///   - rule: `--rule`, `br-8.7`.
  ///   - stratum: `--stratify`, a column of instances.csv.
  ///   - include: `--include`, a comma-separated list.
  /// - Throws: A `cannotSample(reason:)` that says what is wrong.
  package init(
    size: String?, rate: String?, rule: String?, stratum: String?, include: String?
  ) throws {
    self.size = try Self.size(size, rate, rule)
    self.stratum = try stratum.map(Self.column)
    included = try include.map(Self.outcomes) ?? []
  }

  private static func size(
    _ size: String?, _ rate: String?, _ rule: String?
  ) throws(PackError) -> SampleSize {
    switch (size, rate, rule) {
    case (let text?, nil, nil):
      guard let count = Int(text), count > 0 else {
        throw .cannotSample(
          Message(
            .invalidNumber, "--size", TerminalText.sanitized(text), "a whole number from 1"))
      }
      return .count(count)
    case (nil, let text?, nil):
      guard let thousandths = thousandths(text), 1...1000 ~= thousandths else {
        throw .cannotSample(Message(.invalidRate, TerminalText.sanitized(text)))
      }
      return .share(thousandths: thousandths)
    case (nil, nil, let text?):
      guard text == "br-8.7" else {
        throw .cannotSample(
          Message(
            .invalidChoice, "--rule", TerminalText.sanitized(text),
            "Use br-8.7: 3%, and at least one instance."))
      }
      return .br87
    default:
      throw .cannotSample(Message(.noSampleSize))
    }
  }

  /// A share in thousandths, read without rounding.
  private static func thousandths(_ text: String) -> Int? {
    let isPercent = text.ends(with: "%")
    let parts = (isPercent ? text.dropLast() : text[...]).parts(
      at: ".", keepingEmpty: true)
    let places = isPercent ? 1 : 3
    guard 1...2 ~= parts.count, let whole = Int(parts[0]), 0...100 ~= whole else { return nil }
    let fraction = parts.count == 2 ? parts[1] : "0"
    guard 1...places ~= fraction.utf8.count, let value = Int(fraction), value >= 0 else {
      return nil
    }
    let padding = String(repeating: "0", count: places - fraction.utf8.count)
    let scale = isPercent ? 10 : 1000
    return Int("\(fraction)\(padding)").map { whole * scale + $0 }
  }

  private static func column(_ name: String) throws(PackError) -> InstanceColumn {
    if let column = strata.first(where: { $0.rawValue == name }) { return column }
    throw .cannotSample(
      Message(
        .unknownStratum, TerminalText.sanitized(name),
        Nearest.hint(for: name, among: strata.map(\.rawValue))))
  }

  private static func outcomes(_ list: String) throws(PackError) -> [String] {
    let known = Status.allCases.map(\.name) + Outcome.allCases.map(\.rawValue)
    return try list.parts(at: ",").map { part throws(PackError) in
      let name = part.trimmingSpaces()
      if let known = known.first(where: { $0.lowercased() == name.lowercased() }) { return known }
      throw .cannotSample(
        Message(
          .unknownOutcome, TerminalText.sanitized(name), Nearest.hint(for: name, among: known)))
    }
  }
}
