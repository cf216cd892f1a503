import AuditModel

/// `normalisation`: titles per rule, the first unrecognised ones, data-quality flags and unknown fields.
///
/// Definition: every instance of the cohort has one title rule and any number of flags; rows outside the window count
/// only under `outOfWindow`. Limits: a rule that reads a title wrongly is not seen here.
struct NormalisationReducer: Reducer {
  private struct Unrecognised {
    var referenceID: Int64
    var title: String?
  }

  private var rules: [TitleRule: Int] = [:]
  private var flags = [Int](repeating: 0, count: DataQuality.named.count)
  private var unknownFields: [Name: Int] = [:]
  private var unrecognised: [Unrecognised] = []

  /// How many unrecognised titles are listed.
  private static let listed = 20
  /// How much of one is shown, in code points.
  private static let shownLength = 200

  mutating func add(_ instance: Instance, in batch: InstanceBatch) {
    rules[instance.titleRule, default: 0] += 1
    if !instance.quality.isEmpty {
      for (index, named) in DataQuality.named.enumerated()
      where instance.quality.contains(named.flag) {
        flags[index] += 1
      }
    }
    if instance.titleRule == .unrecognised {
      list(instance.referenceID) { instance.title.map { Self.shown(batch.string($0)) } }
    }
  }

  mutating func addOutOfWindow() {
    for (index, named) in DataQuality.named.enumerated() where named.flag == .outOfWindow {
      flags[index] += 1
    }
  }

  mutating func add(unknownFields added: [Name: Int]) {
    unknownFields.merge(added, uniquingKeysWith: +)
  }

  mutating func merge(_ other: NormalisationReducer) {
    rules.merge(other.rules, uniquingKeysWith: +)
    for index in flags.indices { flags[index] += other.flags[index] }
    add(unknownFields: other.unknownFields)
    for row in other.unrecognised { list(row.referenceID) { row.title } }
  }

  /// Keeps the rows with the smallest reference ids.
  private mutating func list(_ referenceID: Int64, title: () -> String?) {
    let position = unrecognised.firstIndex { $0.referenceID > referenceID } ?? unrecognised.count
    guard position < Self.listed else { return }
    unrecognised.insert(Unrecognised(referenceID: referenceID, title: title()), at: position)
    if unrecognised.count > Self.listed { unrecognised.removeLast() }
  }

  private static func shown(_ title: String) -> String {
    let scalars = title.unicodeScalars
    return scalars.count <= shownLength
      ? title : String(String.UnicodeScalarView(scalars.prefix(shownLength))) + "…"
  }

  func finish(instances: Int) -> NormalisationDocument {
    let count = rules[.unrecognised, default: 0]
    return NormalisationDocument(
      rulesVersion: NormalisationRules.version,
      rules: Dictionary(
        uniqueKeysWithValues: TitleRule.allCases.map { ($0.rawValue, rules[$0, default: 0]) }),
      unrecognised: count,
      unrecognisedRate: instances > 0 ? Double(count) / Double(instances) : nil,
      firstUnrecognised: unrecognised.map { .init(referenceId: $0.referenceID, title: $0.title) },
      dataQuality: Dictionary(
        uniqueKeysWithValues: zip(DataQuality.named.map(\.name), flags)),
      unknownFields: unknownFields.sorted { $0.key < $1.key }
        .map { .init(name: $0.key.string, instances: $0.value) })
  }
}
