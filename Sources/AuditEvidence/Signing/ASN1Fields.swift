import AuditModel
import SwiftASN1

/// The fields of a SEQUENCE, taken one after the other.
struct ASN1Fields {
  private var rest: ArraySlice<ASN1Node>

  /// Starts at the first of the nodes.
  init(_ nodes: [ASN1Node]) {
    rest = nodes[...]
  }

  /// Whether all fields are read.
  var isEmpty: Bool { rest.isEmpty }

  /// The next field's identifier.
  var next: ASN1Identifier? { rest.first?.identifier }

  /// The next field.
  ///
  /// - Throws: `ASN1Error` when there is none.
  mutating func required() throws -> ASN1Node {
    guard let node = rest.popFirst() else {
      throw ASN1Error.invalidASN1Object(reason: "a field is missing")
    }
    return node
  }

  /// The next field, if it has an identifier.
  mutating func optional(_ identifier: ASN1Identifier) -> ASN1Node? {
    rest.first?.identifier == identifier ? rest.popFirst() : nil
  }

  /// The next field, if it has a context-specific tag.
  mutating func tagged(_ number: UInt) -> ASN1Node? {
    optional(ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific))
  }
}

extension ASN1Node {
  /// The nodes in a constructed node.
  ///
  /// - Throws: `ASN1Error` for a primitive one.
  func children() throws -> [ASN1Node] {
    guard case .constructed(let nodes) = content else {
      throw ASN1Error.unexpectedFieldType(identifier)
    }
    return Array(nodes)
  }

  /// The fields of a SEQUENCE.
  ///
  /// - Throws: `ASN1Error` for anything else.
  func fields() throws -> ASN1Fields {
    guard identifier == .sequence else { throw ASN1Error.unexpectedFieldType(identifier) }
    return ASN1Fields(try children())
  }

  /// The name in an AlgorithmIdentifier, whose parameters are absent or NULL.
  ///
  /// - Throws: `ASN1Error` when it has other parameters.
  func algorithm() throws -> ASN1ObjectIdentifier {
    var fields = try fields()
    let name = try ASN1ObjectIdentifier(derEncoded: fields.required())
    _ = fields.optional(.null)
    guard fields.isEmpty else {
      throw ASN1Error.invalidASN1Object(reason: "the algorithm \(name) has parameters")
    }
    return name
  }
}

extension Instant {
  /// Reads a Time: UTCTime with two digits of the year (RFC 5280, 4.1.2.5.1), or GeneralizedTime, cut to the millisecond.
  ///
  /// The library's own conversion stops the program at a leap second.
  ///
  /// - Throws: `ASN1Error`, also for a leap second.
  init(_ node: ASN1Node) throws {
    if node.identifier == .utcTime {
      let time = try UTCTime(derEncoded: node)
      try self.init(
        CivilDate(year: Int64(time.year), month: Int64(time.month), day: Int64(time.day)),
        (time.hours, time.minutes, time.seconds), fraction: 0)
    } else {
      let time = try GeneralizedTime(derEncoded: node)
      try self.init(
        CivilDate(year: Int64(time.year), month: Int64(time.month), day: Int64(time.day)),
        (time.hours, time.minutes, time.seconds), fraction: time.fractionalSeconds)
    }
  }

  private init(
    _ date: CivilDate?, _ time: (hours: Int, minutes: Int, seconds: Int), fraction: Double
  ) throws {
    guard let date, time.seconds < 60 else {
      throw ASN1Error.invalidASN1Object(reason: "a time does not exist, or is a leap second")
    }
    let seconds =
      date.dayNumber * 86_400 + Int64(time.hours * 3600 + time.minutes * 60 + time.seconds)
    self.init(milliseconds: seconds * 1000 + Int64(fraction * 1000))
  }
}
