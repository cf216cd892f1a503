/// A policy check over the reports of an archive.
public struct HistoryCheck: Sendable, Equatable {
  /// Its id in the policies.
  public var id: String
  /// What it asks, as the newest report with it has it.
  public var title: String
  /// How bad a failure is, as the newest report with it has it.
  public var severity: String
  /// How it ended in the newest report; `nil` where that has no such check.
  public var current: GateDocument.Result?
  /// The pack since which it has ended like that; `nil` as above.
  public var since: PackName?
  /// The start of that pack's period.
  private var sinceStart: Instant?
  /// How many reports ended like that since then.
  public var run: Int
  /// Packs since then without a result: no report that fits, no such check, or not evaluated.
  public var unknown: Int
  /// How many reports have a result of it.
  public var reports: Int
  /// In how many of them it failed.
  public var failed: Int

  /// The checks of all reports: failing ones first, then by the order of the newest policy that has them.
  static func all(in packs: [HistoryPack]) -> [HistoryCheck] {
    let newest = packs.last { $0.report != nil }
    var index = NameIndex()
    var latest: [HistoryPack.Check] = []
    for pack in packs.reversed() {
      for check in pack.report?.checks ?? [] {
        if index.index(of: Name(check.id)) == latest.count { latest.append(check) }
      }
    }
    let tables = packs.map(\.results)
    let checks = latest.map { check in
      HistoryCheck(
        check, results: tables.map { $0[Name(check.id)] }, of: packs,
        isCurrent: newest?.report?.checks.contains { $0.id.isSame(as: check.id) } ?? false)
    }
    return checks.filter { $0.current == .failed } + checks.filter { $0.current != .failed }
  }

  private init(
    _ check: HistoryPack.Check, results: [GateDocument.Result?], of packs: [HistoryPack],
    isCurrent: Bool
  ) {
    (id, title, severity) = (check.id, check.title, check.severity)
    reports = results.count { $0 != nil }
    failed = results.count { $0 == .failed }
    current = isCurrent ? check.result : nil
    (run, unknown) = (0, 0)
    guard isCurrent, let last = results.lastIndex(where: { $0 != nil }) else { return }
    var skipped = 0
    for index in stride(from: last, through: 0, by: -1) {
      let result = results[index]
      if result == current {
        (since, sinceStart) = (packs[index].name, packs[index].window.from)
        run += 1
        unknown += skipped
        skipped = 0
      } else if result == nil || result == .notJudged {
        // How it would have ended there is not known; it ends no run, and is counted.
        skipped += 1
      } else {
        break
      }
    }
  }
}

extension HistoryCheck: Encodable {
  /// Writes how it ends now, since when, and how often it failed.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encode(members: [
      "id": id, "title": title, "severity": severity, "result": current,
      "since": since?.description, "sinceStart": sinceStart?.description, "run": run,
      "unknown": unknown, "reports": reports, "failed": failed,
    ])
  }
}
