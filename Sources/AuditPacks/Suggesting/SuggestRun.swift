import AuditFiles
import AuditModel
import AuditPlan
import AuditRender
import AuditReport

/// Proposes a configuration from what a pack holds, and bounds for a policy from its figures or from those of an archive;
/// it changes nothing.
package struct SuggestRun: Sendable {
  private let path: String
  private let workers: Int

  /// Of an archive so many packs are looked at for bounds, the newest ones.
  private static let most = 30

  /// Makes a run over a pack or an archive; `workers` is how many processors it may use.
  package init(path: String, workers: Int) {
    (self.path, self.workers) = (path, workers)
  }

  /// The proposals as YAML that can be pasted.
  ///
  /// - Returns: The text, and how many proposals it has.
  /// - Throws: what is wrong with the pack, or with the archive.
  package func run() async throws -> (yaml: String, proposals: Int) {
    let (paths, damaged) = try chosen()
    let packs = try paths.map { try PublishedPack(at: $0) }
    let pack = packs[packs.count - 1]
    let rows = try await PackRows(of: pack, workers: workers)
    let work = try Reperformance(of: pack, workers: workers)
    var found = SuggestedRules(settings: work.plan.settings)
    try rows.readLines { found.add(PackRow($0)) }
    found.group()
    try rows.readLines { found.check(PackRow($0)) }
    found.finish()
    let observations = try packs.filter { $0.lists(StoredPack.reportPath) }
      .map { SuggestedGates.Observation($0.name, report: try $0.files.report()) }
    return found.yaml(
      of: pack.name, gates: SuggestedGates(observations: observations, damaged: damaged))
  }

  /// The pack; of an archive the newest packs with periods of one length whose files fit, and the names of damaged ones
  /// among them.
  private func chosen() throws -> (paths: [String], damaged: [String]) {
    guard try StoredFile.kind(of: path) == .directory,
      try StoredFile.kind(of: "\(path)/manifest.json") == nil
    else { return ([path], []) }
    let history = try ArchiveHistory(of: path).document
    let usable = history.counted.filter { $0.report != nil }
    guard let newest = usable.last else {
      return (history.packs.suffix(1).map { "\(path)/\($0.name)" }, [])
    }
    let alike = history.counted.filter {
      PeriodLength(of: $0.window) == PeriodLength(of: newest.window)
    }
    let newer = alike.filter { $0.report != nil }.suffix(Self.most)
    let damaged = alike.filter {
      $0.standing == .damaged && $0.report == nil
        && $0.window.from >= (newer.first ?? newest).window.from
    }
    return (newer.map { "\(path)/\($0.name)" }, damaged.map { "\($0.name)" })
  }
}

/// Text as a YAML string in double quotes, whatever it contains.
enum YAMLText {
  /// Everything but printable ASCII and letters is escaped, so that no text ends its line, its quotes or its comment.
  static func quoted(_ text: String, limit: Int = .max) -> String {
    var result = "\""
    for (count, scalar) in text.unicodeScalars.enumerated() {
      guard count < limit else { return result + "…\"" }
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case " "..."~": result.unicodeScalars.append(scalar)
      default:
        let isLetter =
          scalar.properties.isAlphabetic
          && scalar.properties.canonicalCombiningClass == .notReordered
        if isLetter { result.unicodeScalars.append(scalar) } else { result += escaped(scalar) }
      }
    }
    return result + "\""
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "\\U" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }
}
