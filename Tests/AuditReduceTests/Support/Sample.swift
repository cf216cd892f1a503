import AuditModel

/// An instance in plain values, from which both an ``Instance`` and a line of instances.ndjson are made.
struct Sample: Sendable {
  var referenceID: Int64
  var status = Status.complete
  var outcome = Outcome.unknown
  var workflowType: String? = "Enrollment"
  var definitionID: String? = "d1"
  var definitionName: String? = "Issue"
  var version: Int64? = 1
  var user: String? = "CORP\\alice"
  var action = Action.enroll
  /// The subject, which is the common name too.
  var subject: String? = "a"
  var stepName: String? = "Enroll"
  var stepUniqueName: String? = "Keyfactor-Enroll"
  var message: String?
  var approvalsOutstanding: Int64?
  var rejectedByID: Int64?
  var failureClass: FailureClass?
  var title: String? = "CORP\\alice is enrolling for a certificate with CN=a."
  var titleRule = TitleRule.enroll
  /// In milliseconds since the epoch.
  var start: Int64? = Sample.origin
  /// In milliseconds since the epoch.
  var lastModified: Int64? = Sample.origin + 1000
  /// Flags that do not follow from the dates.
  var quality: DataQuality = []

  /// 2026-10-01T00:00:00Z.
  static let origin: Int64 = 1_790_812_800_000
  static let hour: Int64 = 3_600_000
  static let day: Int64 = 86_400_000

  init(_ referenceID: Int64, _ change: (inout Sample) -> Void = { _ in }) {
    self.referenceID = referenceID
    change(&self)
  }

  /// Sets the time from start to end.
  mutating func lasts(_ milliseconds: Int64) {
    lastModified = start.map { $0 + milliseconds }
  }

  /// Sets the start, in milliseconds since 2026-10-01.
  mutating func starts(at offset: Int64) {
    start = Sample.origin + offset
  }

  /// All flags, those included that follow from the dates.
  func quality(asOf: Instant) -> DataQuality {
    var flags = quality
    if status == .unknown { flags.insert(.unknownStatus) }
    if title == nil { flags.insert(.nullTitle) }
    let latest = max(start ?? .min, lastModified ?? .min)
    if latest > asOf.milliseconds + 300_000 { flags.insert(.futureDate) }
    guard let start, let lastModified else { return flags.union(.badDate) }
    let startsLate =
      status.isOpen && start > asOf.milliseconds && !flags.contains(.futureDate)
    if lastModified < start || startsLate { flags.insert(.negativeDuration) }
    return flags
  }

  var showsApproval: Bool {
    let message = message ?? ""
    return message.hasPrefix("Awaiting ") || message.hasPrefix("Workflow rejected by user")
      || stepUniqueName?.hasPrefix("RequireApproval") ?? false
  }

  var userKind: User.Kind? {
    user.map { $0.contains("\\") ? .domain : $0 == "Timer Service" ? .timer : .client }
  }

  /// The instance; texts that do not recur are appended to the batch's text.
  func instance(asOf: Instant, text: inout [UInt8]) -> Instance {
    var instance = Instance(
      referenceID: referenceID, id: InstanceID(high: 0, low: UInt64(referenceID)), status: status)
    instance.outcome = outcome
    instance.failureClass = failureClass
    instance.definition = Definition(
      id: definitionID.map(Name.init(_:)), name: definitionName.map(Name.init(_:)),
      version: version, workflowType: workflowType.map(Name.init(_:)))
    if let user, let userKind {
      let key = userKind == .domain ? Self.folded(user) : user
      instance.user = User(spelling: Name(user), key: Name(key), kind: userKind)
    }
    instance.step = Step(
      name: stepName.map(Name.init(_:)), uniqueName: stepUniqueName.map(Name.init(_:)))
    instance.start = start.map(Instant.init(milliseconds:))
    instance.lastModified = lastModified.map(Instant.init(milliseconds:))
    instance.showsApproval = showsApproval
    instance.action = action
    instance.approvalsOutstanding = approvalsOutstanding
    instance.rejectedByID = rejectedByID
    if let subject {
      instance.subject = TextSlice(start: text.count, count: subject.utf8.count)
      instance.commonName = instance.subject
      text += subject.utf8
    }
    if let title {
      instance.title = TextSlice(start: text.count, count: title.utf8.count)
      text += title.utf8
    }
    instance.titleRule = titleRule
    instance.quality = quality(asOf: asOf)
    return instance
  }

  private static func folded(_ user: String) -> String {
    let bytes = user.utf8.map { 65...90 ~= $0 ? $0 + 32 : $0 }
    return String(decoding: bytes, as: UTF8.self)
  }
}
