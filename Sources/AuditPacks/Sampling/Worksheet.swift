import AuditEvidence
import AuditModel
import AuditRender

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
    self.seed = seed
    self.population = population
    let names =
      ["item", "selected_by", "population", "stratum", "stratum_population"]
      + Self.columns.map(\.rawValue) + Self.blank + ["seed"]
    bytes = Array((names.joined(separator: ",") + "\r\n").utf8)
  }

  mutating func add(
    _ row: SampleRow, isDrawn: Bool, isIncluded: Bool, stratum: (value: String, population: Int)
  ) {
    rows += 1
    let selection = [isDrawn ? "random" : nil, isIncluded ? "include" : nil].compactMap { $0 }
    bytes += "\(rows),\(selection.joined(separator: ";")),\(population),".utf8
    CSVText.append(stratum.value, to: &bytes)
    bytes += ",\(stratum.population)".utf8
    for column in Self.columns {
      bytes.append(UInt8(ascii: ","))
      let text = SampleRow.text(row.raw(column))
      if column == .referenceID { bytes += text.utf8 } else { CSVText.append(text, to: &bytes) }
    }
    bytes += Self.blank.map { _ in "," }.joined().utf8
    bytes += ",\(seed)\r\n".utf8
  }
}
