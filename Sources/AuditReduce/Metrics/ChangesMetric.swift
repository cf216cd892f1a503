import AuditModel

/// `changes`: what an earlier pack said otherwise.
///
/// Definition: `gone`, ids that the earlier pack has in this window and the server no longer returns; `altered`, terminal
/// records whose content differs now; `finishedLate`, records that were open or superseded then and are terminal now;
/// `newWording`, titles that no rule reads and that the earlier pack did not hold. Content is the record's line in
/// instances.ndjson up to the data-quality flags. Limits: only where the windows overlap; what changed twice in between
/// and back is not seen.
struct ChangesMetric: Metric {
  static let key = MetricKey("changes")
  static let needs: Set<MetricNeed> = [.earlierPack]

  private struct Row: Sendable {
    var change: String
    var referenceID: Int64
    var before: Status?
    var now: Status?
    var title: String?
  }

  private let earlier: EarlierPack?
  /// Whether each row of the earlier pack has been seen again.
  private var seen: [Bool]
  private var changed: [Row] = []
  private var wordings: [Row] = []
  private var newWordings = 0

  /// How many new wordings are listed.
  private static let listedWordings = 20

  init(plan: ReductionPlan) {
    earlier = plan.earlier
    seen = Array(repeating: false, count: plan.earlier?.rows.count ?? 0)
  }

  mutating func add(_ instance: borrowing Instance, in batch: borrowing InstanceBatch) {
    guard let earlier, instance.titleRule == .unrecognised, let slice = instance.title else {
      return
    }
    let title = EarlierPack.wording(of: batch.string(slice))
    guard !earlier.unrecognisedTitles.contains(title) else { return }
    newWordings += 1
    list(
      Row(
        change: "newWording", referenceID: instance.referenceID, now: instance.status,
        title: title))
  }

  /// Holds a record against the earlier pack's; whatever its window.
  mutating func observe(_ referenceID: Int64, _ status: Status, content: () -> Fingerprint) {
    guard let earlier, let index = earlier.index(of: referenceID) else { return }
    seen[index] = true
    let before = earlier.rows[index].status
    if before.isTerminal {
      if content() != earlier.rows[index].content {
        changed.append(
          Row(change: "altered", referenceID: referenceID, before: before, now: status))
      }
    } else if status.isTerminal {
      changed.append(
        Row(change: "finishedLate", referenceID: referenceID, before: before, now: status))
    }
  }

  mutating func merge(_ other: ChangesMetric) {
    for index in seen.indices where other.seen[index] { seen[index] = true }
    changed += other.changed
    newWordings += other.newWordings
    for row in other.wordings { list(row) }
  }

  private mutating func list(_ row: Row) {
    let position =
      wordings.firstIndex { ($0.referenceID, $0.title ?? "") > (row.referenceID, row.title ?? "") }
      ?? wordings.count
    wordings.insert(row, at: position)
    if wordings.count > Self.listedWordings { wordings.removeLast() }
  }

  func finish(_ cohort: Cohort) -> MetricSection {
    let gone = zip(earlier?.rows ?? [], seen).filter { !$0.1 }.map { row, _ in
      Row(change: "gone", referenceID: row.referenceID, before: row.status)
    }
    let rows = gone + changed.sorted { ($0.change, $0.referenceID) < ($1.change, $1.referenceID) }
    func count(_ change: String) -> Int { rows.count { $0.change == change } }
    return MetricSection(
      key: Self.key.rawValue, title: "Changes since the earlier pack",
      caption:
        "This window as the pack \(earlier?.name ?? "") had it, against what the server says now. A record that "
        + "has ended should not change any more, and none should disappear. The rows: the reference ids; those that are "
        + "gone are in the earlier pack only.",
      sentences: [
        """
        Of \(Readable.count(earlier?.rows.count ?? 0, "request")) that the earlier pack has in this window, \
        \(Readable.count(gone.count)) are gone, \(Readable.count(count("altered"))) that had ended read differently, \
        and \(Readable.count(count("finishedLate"))) have ended since.
        """
      ],
      figures: [
        Figure(
          "compared_with", "Compared with", .text, about: "The earlier pack.",
          .text(earlier?.name)),
        Figure(
          "compared", "Compared", .count, about: "Its instances that started in this window.",
          .count(earlier?.rows.count)),
        Figure("gone", "Gone", .count, about: "No longer returned.", .count(gone.count)),
        Figure(
          "altered", "Altered", .count, about: "Terminal then, and different now.",
          .count(count("altered"))),
        Figure(
          "finished_late", "Finished late", .count, about: "Not terminal then, terminal now.",
          .count(count("finishedLate"))),
        Figure(
          "new_wordings", "New wordings", .count,
          about: "Instances whose unread title the earlier pack did not hold.",
          .count(newWordings)),
      ],
      tables: [
        MetricTable(
          .init(key: "list", file: "changes", listed: 100), title: "Changes",
          columns: Self.columns, rows: rows + wordings)
      ],
      limitation:
        "Changes are seen only where the windows of the two packs overlap, and not what changed and changed "
        + "back between them.")
  }

  private static let columns: [Column<Row>] = [
    Column("change", "Change", .text, about: "gone, altered, finishedLate or newWording.") {
      .term($0.change, label: label(of: $0.change))
    },
    Column("reference_id", "Reference id", .identifier, about: "The server's number.") {
      .identifier($0.referenceID)
    },
    Column("before", "Before", .text, about: "The status in the earlier pack.") {
      $0.before.map { .term($0.name, label: $0.name) } ?? .missing(.none)
    },
    Column("now", "Now", .text, about: "The status now.") {
      $0.now.map { .term($0.name, label: $0.name) } ?? .missing(.none)
    },
    Column("title", "Title", .text, about: "Of new wordings, cut to 200 characters.") {
      .text($0.title)
    },
  ]

  private static func label(of change: String) -> String {
    switch change {
    case "gone": "Gone"
    case "altered": "Altered"
    case "finishedLate": "Finished late"
    default: "New wording"
    }
  }
}
