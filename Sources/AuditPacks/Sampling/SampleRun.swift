package import AuditEvidence
import AuditFiles
package import AuditModel
import AuditPlan
import AuditRender
import FoundationEssentials

/// Draws an auditor's sample from a pack: the seed is the digest of the pack's manifest, so that anyone redraws the same.
package struct SampleRun: Sendable {
  private let pack: String
  private let options: SampleOptions
  private let workers: Int

  /// Makes a run; `workers` is how many processors it may use.
  package init(pack: String, options: SampleOptions, workers: Int) {
    (self.pack, self.options, self.workers) = (pack, options, workers)
  }

  /// What was drawn.
  package struct Sample: Sendable {
    /// The worksheet, CSV.
    package var worksheet: [UInt8]
    /// How many instances the pack has.
    package var population: Int
    /// How many rows the worksheet has.
    package var drawn: Int
  }

  /// What is known of a row before it is drawn.
  private struct Item {
    var referenceID: Int64
    var stratum: Int
    var isIncluded: Bool
    var isDrawn = false
  }

  /// Draws.
  package func run() async throws -> Sample {
    let pack = try PublishedPack(at: pack)
    let rows = try await PackRows(of: pack, workers: workers)
    var strata = Strata()
    var items: [Item] = []
    try rows.readLines { line in
      let row = PackRow(line)
      items.append(
        Item(
          referenceID: row.referenceID,
          stratum: strata.number(of: options.stratum.map { row.raw($0) } ?? []),
          isIncluded: options.included.contains { row.has($0) }))
    }
    let populations = draw(
      from: &items, strata, SampleOrder(seed: pack.manifestDigest))
    var sheet = Worksheet(seed: pack.manifestDigest, population: items.count)
    var index = 0
    try rows.readLines { line in
      let item = items[index]
      index += 1
      guard item.isDrawn || item.isIncluded else { return }
      sheet.add(
        PackRow(line), isDrawn: item.isDrawn, isIncluded: item.isIncluded,
        stratum: (strata.values[item.stratum], populations[item.stratum]))
    }
    return Sample(worksheet: sheet.bytes, population: items.count, drawn: sheet.rows)
  }

  /// Draws so many of each stratum as are due to it, by rank.
  ///
  /// - Returns: the strata's sizes, by their numbers.
  private func draw(
    from items: inout [Item], _ strata: Strata, _ order: SampleOrder
  ) -> [Int] {
    var members = [[Int]](repeating: [], count: strata.values.count)
    for (index, item) in items.enumerated() { members[item.stratum].append(index) }
    let inOrder = strata.inOrder
    let due = options.size.allocation(over: inOrder.map { members[$0].count })
    for (stratum, count) in zip(inOrder, due) where count > 0 {
      let ranked = members[stratum].map { (order.rank(of: items[$0].referenceID), $0) }
        .sorted { $0 < $1 }
      for (_, index) in ranked.prefix(count) { items[index].isDrawn = true }
    }
    return members.map(\.count)
  }
}

/// The strata of a sample: one for each value of a column, missing and empty being the same.
struct Strata {
  /// The values, by the strata's numbers.
  private(set) var values: [String] = []
  private var numbers: [[UInt8]: Int] = [:]

  /// The number of the stratum of a value, given as instances.ndjson writes it.
  mutating func number(of raw: [UInt8]) -> Int {
    if let number = numbers[raw] { return number }
    let value = PackRow.text(raw)
    let known = values.firstIndex { $0.utf8.elementsEqual(value.utf8) }
    if known == nil { values.append(value) }
    numbers[raw] = known ?? values.count - 1
    return known ?? values.count - 1
  }

  /// The strata's numbers in the order of their values' code points, which in UTF-8 is the order of bytes.
  var inOrder: [Int] {
    values.indices.sorted { values[$0].utf8.lexicographicallyPrecedes(values[$1].utf8) }
  }
}

/// The sheet that a tester fills in: a row an instance, with blank columns for what is found.
struct Worksheet {
  private let seed: Digest
  private let population: Int
  /// How many rows it has.
  private(set) var rows = 0
  /// The sheet as CSV, by the rule of all CSV of a pack.
  private(set) var bytes: [UInt8]

  private static let columns: [InstanceColumn] = [
    .referenceID, .id, .status, .outcome, .workflowType, .definitionName, .user, .action,
    .commonName, .start, .lastModified, .statusMessage,
  ]
  private static let blank = ["tested_by", "tested_on", "result", "exception", "workpaper"]

  init(seed: Digest, population: Int) {
    (self.seed, self.population) = (seed, population)
    let names =
      ["item", "selected_by", "population", "stratum", "stratum_population"]
      + Self.columns.map(\.rawValue) + Self.blank + ["seed"]
    bytes = Array((names.joined(separator: ",") + "\r\n").utf8)
  }

  mutating func add(
    _ row: PackRow, isDrawn: Bool, isIncluded: Bool, stratum: (value: String, population: Int)
  ) {
    rows += 1
    let selection = [isDrawn ? "random" : nil, isIncluded ? "include" : nil].compactMap { $0 }
    bytes += "\(rows),\(selection.joined(separator: ";")),\(population),".utf8
    CSVText.append(stratum.value, to: &bytes)
    bytes += ",\(stratum.population)".utf8
    for column in Self.columns {
      bytes.append(UInt8(ascii: ","))
      let text = row.text(column)
      if column == .referenceID { bytes += text.utf8 } else { CSVText.append(text, to: &bytes) }
    }
    bytes += Self.blank.map { _ in "," }.joined().utf8
    bytes += ",\(seed)\r\n".utf8
  }
}

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
