import AuditModel

extension ControlDesign {
  /// What the newer of two packs of one server has, and what only the older one has.
  func completed(by older: ControlDesign) -> ControlDesign {
    var merged = self
    merged.apiVersion = apiVersion ?? older.apiVersion
    merged.records.merge(older.records) { new, old in new.design == nil ? old : new }
    return merged
  }

  private static let differing = DefinitionRecord.Outcome.notFound(
    reason: "the servers describe it differently")

  /// The definitions of several servers, of which those count that are not described differently.
  func beside(_ other: ControlDesign) -> ControlDesign {
    var merged = self
    merged.apiVersion = apiVersion == other.apiVersion ? apiVersion : nil
    merged.refused = refused ?? other.refused
    merged.records.merge(other.records) { one, another in
      if one.outcome == Self.differing { return one }
      guard let design = one.design else { return another }
      guard let second = another.design, design != second else { return one }
      var record = one
      record.outcome = Self.differing
      return record
    }
    return merged
  }
}
