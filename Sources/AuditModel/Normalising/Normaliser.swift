/// Turns the rows of pages into instances by the rules of ``NormalisationRules``.
///
/// It keeps the names it has met, so that instances share them; one normaliser serves one shard.
public struct Normaliser: Sendable {
  /// What normalising depends on besides the rules.
  public struct Settings: Sendable {
    /// The window; `nil` takes every row.
    public var window: Window?
    /// The as-of instant, beyond which dates lie in the future; `nil` while it is not known.
    public var asOf: Instant?
    /// The statuses that integers mean, in quotes or not, from the configuration.
    public var statusMap: [Int64: Status]
    /// How a site's own wordings are read, from the configuration.
    public var wordings: WordingRules

    /// Makes settings.
    public init(
      window: Window?, asOf: Instant?, statusMap: [Int64: Status],
      wordings: WordingRules = WordingRules()
    ) {
      self.window = window
      self.asOf = asOf
      self.statusMap = statusMap
      self.wordings = wordings
    }
  }

  private let settings: Settings
  private let phrases: TitlePhrases
  private let failures: [FailurePattern]
  private var names = Vocabulary<Name>()
  private var users = Vocabulary<User>()
  /// Definitions and steps by all that rows say of them.
  private var definitions = Vocabulary<Definition>()
  private var steps = Vocabulary<Step>()
  private var statuses = Vocabulary<(text: Name, status: Status)>()
  private var messages = Vocabulary<StatusMessage>()
  private static let clockToleranceMilliseconds: Int64 = 5 * 60 * 1000
  /// Messages are open text; beyond this many distinct ones the memory of them starts anew.
  private static let maximumMessages = 10_000

  /// Makes a normaliser.
  public init(settings: Settings) {
    self.settings = settings
    phrases = TitlePhrases(settings.wordings.titles)
    failures = settings.wordings.failures.map { FailurePattern($0) }
  }

  /// Normalises the rows of a page.
  public mutating func normalise(_ page: PageRows) -> InstanceBatch {
    var batch = InstanceBatch(text: page.text, instances: [], unknownFields: page.unknownFields)
    batch.instances.reserveCapacity(page.rows.count)
    let definitions = page.definitions.map { definition($0, in: page.text.span) }
    for (index, row) in page.rows.enumerated() {
      // Filled in its place, because it is large.
      batch.instances.append(Instance(referenceID: row.referenceID, id: row.id, status: .unknown))
      batch.instances[index].received = TextSlice(
        start: row.range.lowerBound, count: row.range.count)
      batch.instances[index].definition = definitions[row.definition]
      fill(&batch.instances[index], from: row, in: page.text.span, &batch.text)
    }
    return batch
  }
}

extension Normaliser {
  private mutating func fill(
    _ instance: inout Instance, from row: RawRow, in text: borrowing Span<UInt8>,
    _ batchText: inout [UInt8]
  ) {
    if row.hasLoneSurrogate { instance.quality.insert(.loneSurrogate) }
    if row.hasUnknownField { instance.quality.insert(.unknownField) }
    readNames(of: row, in: text, into: &instance, &batchText)
    readStatus(of: row, in: text, into: &instance)
    readTimes(of: row, in: text, into: &instance)
    readTitle(of: row, in: text, into: &instance, &batchText)
  }

  private mutating func name(_ field: TextSlice?, in text: borrowing Span<UInt8>) -> Name? {
    field.map { name(text.extracting($0.range)) }
  }

  private mutating func name(_ text: borrowing Span<UInt8>) -> Name {
    names.value(of: text, text: { $0 }, make: { $0 })
  }

  private mutating func readNames(
    of row: RawRow, in text: borrowing Span<UInt8>, into instance: inout Instance,
    _ batchText: inout [UInt8]
  ) {
    instance.step = step(of: row, in: text)
    instance.stepID = row.stepID
    if let slice = row.stepID, let id = Self.canonical(text.extracting(slice.range)) {
      instance.stepID = TextSlice(start: batchText.count, count: InstanceID.length)
      batchText.append(addingCapacity: InstanceID.length) { id.append(to: &$0) }
    }
  }

  private mutating func definition(
    _ raw: RawDefinition, in text: borrowing Span<UInt8>
  ) -> Definition {
    let id = definitionID(raw.id, in: text)
    let displayName = name(raw.name, in: text)
    let workflowType = name(raw.workflowType, in: text)
    let digest = [id, displayName, workflowType].reduce(Int(raw.version ?? 0)) {
      $0 &* 31 &+ ($1?.digest ?? 0)
    }
    let known = definitions.known(digest) {
      $0.id == id && $0.name == displayName && $0.version == raw.version
        && $0.workflowType == workflowType
    }
    if let known { return known }
    let definition = Definition(
      id: id, name: displayName, version: raw.version, workflowType: workflowType)
    definitions.enter(definition, digest: digest)
    return definition
  }

  private mutating func step(of row: RawRow, in text: borrowing Span<UInt8>) -> Step {
    let digest =
      Self.digest(row.stepName, in: text) &* 31 &+ Self.digest(row.stepUniqueName, in: text)
    let known = steps.known(digest) {
      Self.isName($0.uniqueName, row.stepUniqueName, in: text)
        && Self.isName($0.name, row.stepName, in: text)
    }
    if let known { return known }
    let step = Step(
      name: name(row.stepName, in: text), uniqueName: name(row.stepUniqueName, in: text))
    steps.enter(step, digest: digest)
    return step
  }

  private static func digest(_ field: TextSlice?, in text: borrowing Span<UInt8>) -> Int {
    field.map { Name.digest(of: text.extracting($0.range)) } ?? 0
  }

  private static func isName(
    _ name: Name?, _ field: TextSlice?, in text: borrowing Span<UInt8>
  ) -> Bool {
    guard let name, let field else { return name == nil && field == nil }
    return name.hasBytes(text.extracting(field.range))
  }

  /// A GUID in its canonical form; any other text as it is.
  private mutating func definitionID(
    _ field: TextSlice?, in text: borrowing Span<UInt8>
  ) -> Name? {
    guard let slice = field else { return nil }
    let bytes = text.extracting(slice.range)
    guard let id = Self.canonical(bytes) else { return name(bytes) }
    return name(Array(id.description.utf8).span)
  }

  /// The GUID that a text spells in another than its canonical form.
  private static func canonical(_ text: borrowing Span<UInt8>) -> InstanceID? {
    let isLowercase = text.firstIndex(where: \.capitals) == text.count
    return text.count == InstanceID.length && isLowercase ? nil : InstanceID(text)
  }

  private mutating func readStatus(
    of row: RawRow, in text: borrowing Span<UInt8>, into instance: inout Instance
  ) {
    switch row.status {
    case .none: instance.status = .unknown
    case .integer(let value):
      instance.status = settings.statusMap[value] ?? .unknown
      instance.statusText = instance.status == .unknown ? Name("unknown(\(value))") : nil
    case .name(let slice):
      let known = status(named: text.extracting(slice.range))
      instance.status = known.status
      instance.statusText = known.status == .unknown ? known.text : nil
    }
    if instance.status == .unknown { instance.quality.insert(.unknownStatus) }
    instance.statusMessage = row.statusMessage
    let message = message(row.statusMessage, in: text)
    instance.outcome = Self.outcome(of: instance.status, message: message)
    if instance.status == .failed { instance.failureClass = message?.failureClass ?? .unclassified }
    instance.approvalsOutstanding = message?.approvalsOutstanding
    instance.rejectedByID = message?.rejectedByID
    instance.showsApproval =
      message?.showsApproval ?? false || instance.step.asksForApproval
  }

  private mutating func status(
    named bytes: borrowing Span<UInt8>
  ) -> (text: Name, status: Status) {
    let digest = Name.digest(of: bytes)
    if let known = statuses.known(digest, where: { $0.text.hasBytes(bytes) }) { return known }
    let text = Name(bytes: [UInt8](copying: bytes), digest: digest)
    let mapped = Self.integer(text).flatMap { settings.statusMap[$0] }
    let status = (text, Status(name: text.string) ?? mapped ?? .unknown)
    statuses.enter(status, digest: digest)
    return status
  }

  /// The integer that a text is, written just as JSON writes one: ` 2`, `02` and `2.0` are names, which no map knows.
  private static func integer(_ text: Name) -> Int64? {
    guard let value = Int64(text.string), Name(String(value)) == text else { return nil }
    return value
  }

  private mutating func message(
    _ field: TextSlice?, in text: borrowing Span<UInt8>
  ) -> StatusMessage? {
    guard let slice = field else { return nil }
    if messages.count > Self.maximumMessages { messages = Vocabulary() }
    return messages.value(of: text.extracting(slice.range), text: \.text) {
      StatusMessage($0, configured: failures)
    }
  }

  private static func outcome(of status: Status, message: StatusMessage?) -> Outcome {
    switch status {
    case .complete: message?.completeOutcome ?? .complete
    case .failed: .failed
    case .rejected: .rejected
    case .running, .suspended: .open
    case .canceledForRestart: .superseded
    case .unknown: .unknown
    }
  }

  private func readTimes(
    of row: RawRow, in text: borrowing Span<UInt8>, into instance: inout Instance
  ) {
    instance.start = row.start.flatMap { Instant(rfc3339: text.extracting($0.range)) }
    instance.lastModified = row.lastModified.flatMap {
      Instant(rfc3339: text.extracting($0.range))
    }
    if let window = settings.window, let start = instance.start, !window.contains(start) {
      instance.quality.insert(.outOfWindow)
    }
    guard let start = instance.start, let lastModified = instance.lastModified else {
      instance.quality.insert(.badDate)
      flagFuture(instance.start ?? instance.lastModified, &instance)
      return
    }
    if lastModified < start { instance.quality.insert(.negativeDuration) }
    flagFuture(max(start, lastModified), &instance)
    if let asOf = settings.asOf, instance.status.isOpen, start > asOf,
      !instance.quality.contains(.futureDate)
    {
      instance.quality.insert(.negativeDuration)
    }
  }

  private func flagFuture(_ latest: Instant?, _ instance: inout Instance) {
    guard let latest, let asOf = settings.asOf else { return }
    if latest > asOf.advanced(byMilliseconds: Self.clockToleranceMilliseconds) {
      instance.quality.insert(.futureDate)
    }
  }

  private mutating func readTitle(
    of row: RawRow, in text: borrowing Span<UInt8>, into instance: inout Instance,
    _ batchText: inout [UInt8]
  ) {
    instance.title = row.title
    guard let slice = row.title else {
      instance.quality.insert(.nullTitle)
      readAction(titleAction: nil, into: &instance)
      return
    }
    let bytes = text.extracting(slice.range)
    let title = Title(bytes, at: phrases)
    instance.titleRule = title.rule
    // A rule for other titles contradicts no workflow type.
    readAction(titleAction: title.action == .other ? nil : title.action, into: &instance)
    guard title.rule != .unrecognised else { return }
    if !title.user.isEmpty {
      instance.user = users.value(of: bytes.extracting(title.user), text: \.spelling) {
        User(named: $0)
      }
    }
    guard !title.subject.isEmpty else { return }
    let start = slice.range.lowerBound
    instance.subject = TextSlice(
      start: start + title.subject.lowerBound, count: title.subject.count)
    switch DistinguishedName.commonName(of: bytes.extracting(title.subject)) {
    case nil: break
    case .range(let range):
      instance.commonName = TextSlice(
        start: start + title.subject.lowerBound + range.lowerBound, count: range.count)
    case .unescaped(let unescaped):
      instance.commonName = TextSlice(start: batchText.count, count: unescaped.count)
      batchText += unescaped
    }
  }

  private func readAction(titleAction: Action?, into instance: inout Instance) {
    let typeAction = instance.definition.action
    if let titleAction, let typeAction, titleAction != typeAction {
      instance.quality.insert(.titleTypeMismatch)
    }
    instance.action = typeAction ?? titleAction ?? .other
  }
}

extension ByteWord {
  /// The bytes from 0x40 to 0x5F, where the capital letters are.
  fileprivate var capitals: UInt64 { bits << 1 & ~(bits << 2) & Self.highBits }
}
