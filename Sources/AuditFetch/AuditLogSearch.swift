package import AuditModel

/// Looks in the server's audit log, read only, for rows that name an instance.
///
/// Nothing is known beforehand about categories: every row around the start and the last activity is looked at.
struct AuditLogSearch {
  let session: ServerSession
  let style: ParameterStyle

  /// Rows of a request, and the most requests around one instant.
  private static let limit = 500
  private static let mostPages = 20
  /// How far around the two instants is looked, in milliseconds; the server enters some rows only every ten minutes.
  private static let before: Int64 = 300_000
  private static let after: Int64 = 900_000

  private var place: String { "\(session.server)/Audit" }

  /// Looks around the times of an instance.
  func findings(about instance: Instance) async throws -> AuditLogFindings {
    guard let start = instance.start, let last = instance.lastModified else {
      throw AuditLogError.noTimes(instance.id)
    }
    var findings = AuditLogFindings(
      referenceID: instance.referenceID, start: start, lastModified: last)
    var seen: Set<Int64> = []
    var kinds: [AuditLogFindings.Kind: Int] = [:]
    for span in Self.spans(start, last) {
      for page in 1... {
        guard page <= Self.mostPages else {
          findings.isCut = true
          break
        }
        let rows = try await rows(in: span, page: page)
        for row in rows.compactMap({ AuditLogRow($0, about: instance.id, instance.referenceID) }) {
          if let number = row.number, !seen.insert(number).inserted { continue }
          findings.rows += 1
          if row.kind.namesInstance { kinds[row.kind, default: 0] += 1 }
        }
        if rows.count < Self.limit { break }
      }
    }
    findings.kinds = kinds.sorted {
      Self.order($0.key).lexicographicallyPrecedes(Self.order($1.key))
    }
    .map { (kind: $0.key, rows: $0.value) }
    return findings
  }

  /// Around the start and around the last activity; one span where they meet.
  private static func spans(_ start: Instant, _ last: Instant) -> [Range<Instant>] {
    let first = start.advanced(byMilliseconds: -before)..<start.advanced(byMilliseconds: after)
    let from = last.advanced(byMilliseconds: -after)
    let to = max(last, start).advanced(byMilliseconds: after)
    return from > first.upperBound ? [first, from..<to] : [first.lowerBound..<to]
  }

  private static func order(_ kind: AuditLogFindings.Kind) -> [String] {
    [
      kind.withID.isEmpty ? "2" : "1", String(kind.category ?? -1), String(kind.operation ?? -1),
      kind.entityType ?? "", kind.withID.joined(separator: " "),
      kind.withReferenceID.joined(separator: " "),
    ].map { String(repeating: "0", count: max(0, 12 - $0.utf8.count)) + $0 }
  }

  /// A page of rows of a span, in the server's own order: by their numbers, the only one that is unique.
  private func rows(in span: Range<Instant>, page: Int) async throws -> [JSONValue] {
    do {
      return try await session.ask(target(span, page), style) { page throws(PageError) in
        try Self.rows(of: page)
      }
    } catch let error as PageError {
      guard case .notTheProtocol(let reason) = error.reason else { throw error }
      throw AuditLogError.unreadable(place: place, reason: reason)
    } catch FetchError.forbidden(let place, let reason) {
      throw AuditLogError.forbidden(place: place, reason: reason)
    }
  }

  private static func rows(of page: RawPage) throws(PageError) -> [JSONValue] {
    let reason: String
    do throws(JSONDocumentError) {
      if case .array(let rows) = try JSONDocument.read(JSONValue.self, from: page.body) {
        return rows
      }
      reason = "it is no array"
    } catch {
      reason = "it is not valid JSON"
    }
    throw PageError(reason: .notTheProtocol(reason), page: page.request, byte: 0)
  }

  private func target(_ span: Range<Instant>, _ page: Int) -> String {
    let query = style.query([
      (.queryString, InstanceFilter.logged(in: span).text), (.pageReturned, String(page)),
      (.returnLimit, String(Self.limit)),
    ])
    return "\(session.server.path)/Audit?\(query)"
  }
}

/// A row of the server's audit log, as far as it says which instance it is about.
struct AuditLogRow: Sendable {
  /// The server's number; `nil` where it has none that can be read.
  let number: Int64?
  /// What kind of row it is.
  let kind: AuditLogFindings.Kind

  /// The fields that number, date and sort a row, whatever it is about.
  private static let others = Set(
    ["id", "timestamp", "signature", "category", "operation", "level"].map { Name($0) })

  /// Looks at the fields of a row; `nil` for what is no row.
  init?(_ row: JSONValue, about id: InstanceID, _ referenceID: Int64) {
    guard case .object(let members) = row else { return nil }
    func member(_ name: String) -> JSONValue? {
      members.first { Name(bytes: $0.key.utf8.lowercasedASCII) == Name(name) }?.value
    }
    number = member("id")?.integer
    var kind = AuditLogFindings.Kind(
      category: member("category")?.integer, entityType: member("entitytype")?.text,
      operation: member("operation")?.integer)
    let fields = members.keys.sorted { $0.precedes($1) }
    for field in fields
    where !Self.others.contains(Name(bytes: field.utf8.lowercasedASCII)) {
      guard let text = members[field]?.shownText else { continue }
      if InstanceID.all(in: Array(text.utf8)).contains(id) {
        kind.withID.append(field)
      } else if Self.holds(referenceID, in: text) {
        kind.withReferenceID.append(field)
      }
    }
    self.kind = kind
  }

  /// Whether a number is in a text by itself: no other digit, letter, hyphen or full stop touches it.
  private static func holds(_ number: Int64, in text: String) -> Bool {
    text.utf8.split { byte in
      !(byte.isASCIIAlphanumeric || "-.".utf8.contains(byte))
    }.contains { $0.elementsEqual(String(number).utf8) }
  }
}

extension JSONValue {
  fileprivate var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
  /// A text, or a whole number in digits.
  fileprivate var shownText: String? { text ?? integer.map { String($0) } }
}

extension InstanceFetcher {
  /// Looks in the server's audit log for rows that name an instance, around its start and its last activity.
  ///
  /// Reads only, and only for whoever asks: it takes a permission of its own, and a refusal leaves a trace there.
  ///
  /// - Throws: `AuditLogError`, `FetchError` and `PageError`.
  package func auditLog(
    about id: InstanceID, watch: @escaping @Sendable (FetchEvent) -> Void = { _ in }
  ) async throws -> AuditLogFindings {
    try await converse(watch) { session, _ in
      var dialect = ServerDialect()
      for style in ParameterStyle.allCases {
        dialect.style = style
        let answer = try await session.ask(.init(filter: .id(id), limit: 1), dialect)
        var normaliser = Normaliser(settings: .init(window: nil, asOf: nil, statusMap: [:]))
        let rows = try PageReader.read(answer.page.body, page: answer.page.request)
        let instances = normaliser.normalise(rows).instances
        if instances.isEmpty { break }
        // Another one: these names of parameters have no effect.
        guard let instance = instances.first(where: { $0.id == id }) else { continue }
        return try await AuditLogSearch(session: session, style: style)
          .findings(about: instance)
      }
      throw AuditLogError.noInstance(id, place: session.place)
    }
  }
}

/// What the server's audit log has around the start and the last activity of an instance.
package struct AuditLogFindings: Sendable {
  /// Rows that name the instance in the same fields, of one category and operation.
  package struct Kind: Sendable, Hashable {
    /// The category's number.
    package var category: Int64?
    /// The server's word for what the row is about.
    package var entityType: String?
    /// The operation's number.
    package var operation: Int64?
    /// The fields that hold the instance's GUID.
    package var withID: [String] = []
    /// The fields that hold its reference id and not its GUID.
    package var withReferenceID: [String] = []

    /// Whether some field names the instance.
    var namesInstance: Bool { !withID.isEmpty || !withReferenceID.isEmpty }
  }

  /// The instance's integer id.
  package var referenceID: Int64
  /// When it started.
  package var start: Instant
  /// Its last activity.
  package var lastModified: Instant
  /// The rows around these times.
  package var rows = 0
  /// Those that name it by kind, with how many there are.
  package var kinds: [(kind: Kind, rows: Int)] = []
  /// Whether there are more rows than were looked at.
  package var isCut = false
}

/// Why the audit log says nothing about an instance.
package enum AuditLogError: AuditFailure, Equatable {
  /// The account sees no instance with this GUID.
  case noInstance(InstanceID, place: String)
  /// The instance has no start or no last activity that can be read.
  case noTimes(InstanceID)
  /// The account may not read the audit log.
  case forbidden(place: String, reason: String)
  /// The answer is no list of rows.
  case unreadable(place: String, reason: String)

  /// What is missing or refused, and what to do.
  package var message: Message {
    switch self {
    case .noInstance(let id, let place): Message(.unseenInstance, "\(id)", place)
    case .noTimes(let id): Message(.instanceWithoutTimes, "\(id)")
    case .forbidden(let place, let reason): Message(.auditLogForbidden, place, reason)
    case .unreadable(let place, let reason):
      Message(.unreadableAuditLog, place, TerminalText.sanitized(reason))
    }
  }
}
