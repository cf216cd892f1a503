import AuditModel

/// `changes`: what an earlier pack said otherwise.
///
/// Definition: `gone`, ids that the earlier pack has in this window and the server no longer returns; `appeared`, ids that
/// started in the earlier pack's window and are not in it; `moved`, ids in both with another status; `altered`, terminal
/// records whose content differs now; `finishedLate`, records that were open or superseded then and are terminal now;
/// `newWordings`, titles that no rule reads and that the earlier pack did not hold; `newFailureClasses`, likewise. Content
/// is the record's line in instances.ndjson up to the data-quality flags. Limits: only where the windows overlap, but for
/// wordings and classes; what changed twice in between and back is not seen.
struct ChangesMetric: Metric {
  static let key = MetricKey(ChangesResult.key)
  static let about =
    "What the earlier pack had otherwise: instances that disappeared, appeared, moved to another status, or changed after they had finished."
  static let figures = [
    "gone", "altered", "finishedLate", "newWordings", "newFailureClasses", "appeared", "moved",
  ].map { ReportFigure.single(key.rawValue, $0, .count, isComparable: false) }
  static let needs: Set<MetricNeed> = [.earlierPack]

  private var comparison: PackComparison
  private var wordings: [PackComparison.Row] = []
  private var newWordings = 0
  /// The first record of each class that the earlier pack does not have.
  private var classes: [Name: PackComparison.Row] = [:]

  /// How many new wordings are listed.
  private static let listedWordings = 20

  init(plan: ReductionPlan) {
    comparison = PackComparison(with: plan.earlier ?? .nothing)
  }

  mutating func add(_ instance: borrowing BatchedInstance) {
    let earlier = comparison.earlier
    if let failureClass = instance.failureClass.map({ Name($0.name) }),
      !earlier.failureClasses.contains(failureClass)
    {
      keep(
        .init(
          change: .newFailureClass, referenceID: instance.referenceID, now: instance.status,
          text: failureClass.string), of: failureClass)
    }
    guard instance.titleRule == .unrecognised, let slice = instance.title else { return }
    let title = EarlierPack.wording(of: instance.batch.string(slice))
    guard !earlier.unrecognisedTitles.contains(title) else { return }
    newWordings += 1
    list(
      .init(
        change: .newWording, referenceID: instance.referenceID, now: instance.status,
        text: title.string))
  }

  mutating func observe(
    _ referenceID: Int64, _ status: Status, start: Instant?, content: () -> Fingerprint
  ) {
    comparison.observe(referenceID, status, start: start, content: content)
  }

  mutating func merge(_ other: ChangesMetric) {
    comparison.merge(other.comparison)
    newWordings += other.newWordings
    for row in other.wordings { list(row) }
    for (name, row) in other.classes { keep(row, of: name) }
  }

  private mutating func keep(_ row: PackComparison.Row, of failureClass: Name) {
    if let first = classes[failureClass], first.referenceID <= row.referenceID { return }
    classes[failureClass] = row
  }

  private mutating func list(_ row: PackComparison.Row) {
    let position =
      wordings.firstIndex {
        $0.referenceID == row.referenceID
          ? (row.text ?? "").precedes($0.text ?? "") : $0.referenceID > row.referenceID
      } ?? wordings.count
    wordings.insert(row, at: position)
    if wordings.count > Self.listedWordings { wordings.removeLast() }
  }

  func finish(_ cohort: Cohort) -> MetricSection {
    let earlier = comparison.earlier
    let firsts = classes.sorted { $0.key < $1.key }.map(\.value)
    let counts = (
      gone: Counted(comparison.count(.gone), "instance"),
      altered: Counted(comparison.count(.altered), "instance"),
      late: Counted(comparison.count(.finishedLate), "instance"),
      appeared: Counted(comparison.count(.appeared), "instance")
    )
    return MetricSection(
      key: Self.key.rawValue, title: "Changes since the earlier pack",
      caption:
        "This period as the pack \(earlier.name) had it, against what the server returns now. A finished instance should "
        + "not change any more, and none should disappear. Source: the reference IDs; those that are gone are in the "
        + "earlier pack only.",
      sentences: [
        """
        Of \(Counted(earlier.rows.count, "instance").phrase) that the earlier pack has in this period, \
        \(counts.gone.phrase) \(counts.gone.verb) gone, \(counts.altered.phrase) that had finished \
        \(counts.altered.verb) different now, and \(counts.late.phrase) \(counts.late.choose("has", "have")) finished \
        since. \(counts.appeared.start) started in its period without being in it.
        """
      ],
      figures: (comparison.figures + [
        Figure(
          "new_wordings", "New wordings", .count,
          about: "Instances whose unread title the earlier pack did not hold.",
          .count(newWordings)),
        Figure(
          "new_failure_classes", "New failure categories", .count,
          about: "Failure classes that the earlier pack did not hold.", .count(firsts.count)),
      ]).map(\.asDetail),
      tables: comparison.tables(with: wordings + firsts),
      limitation:
        "Changes are seen only where the periods of the two packs overlap, and not what changed and changed "
        + "back between them."
    ).placed(in: "changes")
  }
}
