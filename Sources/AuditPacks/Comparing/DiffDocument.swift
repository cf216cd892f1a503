import AuditModel

/// Two packs held against each other, for machines.
struct DiffDocument: Encodable {
  /// Which pack is meant.
  struct Head: Encodable {
    var pack: String
    @ExplicitNull var server: String?
    var window: WindowDocument
    var asOf: String
    var verdict: CompletenessDocument.Verdict
    var instances: Int
    var toolVersion: String
    var manifestSha256: String
  }

  var old: Head
  var new: Head
  /// What to know before the two are compared, a sentence each.
  var notes: [String]
  /// What was held against each other, by the keys of the sections.
  var sections: [MetricSection]

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: AnyKey.self)
    try container.encode(1, forKey: AnyKey("schemaVersion"))
    try container.encode(old, forKey: AnyKey("old"))
    try container.encode(new, forKey: AnyKey("new"))
    try container.encode(notes, forKey: AnyKey("notes"))
    for section in sections { try container.encode(section, forKey: AnyKey(section.key)) }
  }
}
