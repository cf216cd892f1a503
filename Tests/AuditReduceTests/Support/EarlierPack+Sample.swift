import AuditModel

@testable import AuditReduce

extension EarlierPack {
  /// A pack of the samples' October.
  static func october(
    _ name: String = "earlier", rows: [Row] = [], versions: Set<VersionedDefinition> = [],
    titles: Set<Name> = [], classes: Set<Name> = []
  ) -> EarlierPack {
    let window = Reduction().window
    return EarlierPack(
      name: name, from: window.from, to: window.to, rows: rows, versions: versions,
      unrecognisedTitles: titles, failureClasses: classes)
  }
}
