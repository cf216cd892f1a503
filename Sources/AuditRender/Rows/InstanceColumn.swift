import AuditModel

/// The columns of instances.csv and, in camel case, the keys of instances.ndjson.
public enum InstanceColumn: String, CaseIterable, Sendable {
  case referenceID = "reference_id"
  case id
  case status
  case outcome
  case workflowType = "workflow_type"
  case definitionName = "definition_name"
  case definitionVersion = "definition_version"
  case definitionID = "definition_id"
  case user
  case userKind = "user_kind"
  case action
  case commonName = "common_name"
  case subject
  case start
  case lastModified = "last_modified"
  case durationMilliseconds = "duration_ms"
  case stepName = "step_name"
  case stepUniqueName = "step_unique_name"
  case stepID = "step_id"
  case statusMessage = "status_message"
  case failureClass = "failure_class"
  case title
  case titleRule = "title_rule"
  case dataQuality = "data_quality"
}

/// Takes the values of rows, column by column in the order of ``InstanceColumn``.
protocol CellWriter {
  mutating func missing()
  /// Text from the server that recurs.
  mutating func name(_ name: Name)
  /// Any other text from the server.
  mutating func text(_ text: borrowing Span<UInt8>)
  /// One of our own words.
  mutating func word(_ word: String)
  mutating func integer(_ number: Int64)
  mutating func id(_ id: InstanceID)
  mutating func instant(_ instant: Instant)
  mutating func flags(_ flags: DataQuality)
}

extension Instance {
  /// Gives the value of each column to a writer; the text is that of the instance's batch.
  @inline(__always)
  func write(_ text: borrowing Span<UInt8>, to writer: inout some CellWriter) {
    writer.integer(referenceID)
    writer.id(id)
    if status == .unknown { writer.name(statusText) } else { writer.word(status.name) }
    writer.word(outcome.rawValue)
    writer.name(definition.workflowType)
    writer.name(definition.name)
    writer.integer(definition.version)
    writer.name(definition.id)
    writer.name(user?.spelling)
    writer.word(user?.kind.rawValue)
    writer.word(action.rawValue)
    writer.slice(commonName, text)
    writer.slice(subject, text)
    writer.instant(start)
    writer.instant(lastModified)
    writer.integer(durationMilliseconds)
    writer.name(step.name)
    writer.name(step.uniqueName)
    writer.slice(stepID, text)
    writer.slice(statusMessage, text)
    writer.word(failureClass?.name)
    writer.slice(title, text)
    writer.word(titleRule.rawValue)
    writer.flags(quality)
  }
}

extension CellWriter {
  @inline(__always)
  fileprivate mutating func name(_ name: Name?) {
    if let name { self.name(name) } else { missing() }
  }

  @inline(__always)
  fileprivate mutating func slice(_ slice: TextSlice?, _ batchText: borrowing Span<UInt8>) {
    if let slice { text(batchText.extracting(slice.range)) } else { missing() }
  }

  @inline(__always)
  fileprivate mutating func word(_ word: String?) {
    if let word { self.word(word) } else { missing() }
  }

  @inline(__always)
  fileprivate mutating func integer(_ number: Int64?) {
    if let number { integer(number) } else { missing() }
  }

  @inline(__always)
  fileprivate mutating func instant(_ instant: Instant?) {
    if let instant { self.instant(instant) } else { missing() }
  }
}
