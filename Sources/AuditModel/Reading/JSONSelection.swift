/// Which members of a JSON document are wanted: the others are checked and left out, before anything is decoded.
///
/// A report.json of thousands of groups is megabytes, of which a history needs a few kilobytes.
public struct JSONSelection: Sendable {
  /// What is wanted of each member, by its name; empty where all of the value is wanted.
  private var members: [Name: JSONSelection] = [:]

  /// Selects members by their paths, such as `metrics.population.instances`; arrays are not part of a path.
  public init(_ paths: [String]) {
    for path in paths { add(path.parts(at: ".")[...]) }
  }

  private init() {}

  private mutating func add(_ path: ArraySlice<String>) {
    guard let first = path.first else { return }
    members[Name(first), default: JSONSelection()].add(path.dropFirst())
  }

  fileprivate func callAsFunction(_ member: [UInt8]) -> JSONSelection? {
    members[Name(bytes: member)]
  }

  fileprivate var isWhole: Bool { members.isEmpty }
}

extension JSONDocument {
  /// Decodes the selected members of a document in UTF-8.
  ///
  /// All of it must be strict JSON, the members that are left out too.
  public static func read<Document: Decodable>(
    _ type: Document.Type = Document.self, from bytes: [UInt8], only selection: JSONSelection
  ) throws(JSONDocumentError) -> Document {
    var extract = JSONExtract()
    do throws(JSONError) {
      try extract.copyDocument(selection, bytes.span)
    } catch {
      throw JSONDocumentError("it is not JSON at byte \(error.byte).")
    }
    return try read(type, from: extract.output)
  }
}

/// Copies the selected members of a document.
private struct JSONExtract {
  private var scanner = JSONScanner()
  private(set) var output: [UInt8] = []

  mutating func copyDocument(
    _ selection: JSONSelection, _ bytes: borrowing Span<UInt8>
  ) throws(JSONError) {
    try copy(selection, bytes, depth: 0)
    guard scanner.peek(bytes) == nil else { throw scanner.fault("more than one value") }
  }

  private mutating func copy(
    _ selection: JSONSelection, _ bytes: borrowing Span<UInt8>, depth: Int
  ) throws(JSONError) {
    try scanner.checkDepth(depth)
    let first = scanner.peek(bytes)
    if !selection.isWhole, first == UInt8(ascii: "{") {
      try copyMembers(selection, bytes, depth: depth)
    } else if !selection.isWhole, first == UInt8(ascii: "[") {
      try copyElements(selection, bytes, depth: depth)
    } else {
      let start = scanner.position
      try scanner.skipValue(bytes, depth: depth)
      output.append(copying: bytes.extracting(start..<scanner.position))
    }
  }

  private mutating func copyMembers(
    _ selection: JSONSelection, _ bytes: borrowing Span<UInt8>, depth: Int
  ) throws(JSONError) {
    try scanner.expect(UInt8(ascii: "{"), bytes)
    output.append(UInt8(ascii: "{"))
    defer { output.append(UInt8(ascii: "}")) }
    if scanner.take(UInt8(ascii: "}"), bytes) { return }
    var names: Set<[UInt8]> = []
    var isFirst = true
    repeat {
      let key = try scanner.key(bytes)
      let name = JSONText.decode(key, bytes).bytes
      guard names.insert(name).inserted else { throw scanner.fault(JSONError.twice(name)) }
      guard let selected = selection(name) else {
        try scanner.skipValue(bytes, depth: depth + 1)
        continue
      }
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      output.append(UInt8(ascii: "\""))
      output.append(copying: bytes.extracting(key.range))
      output += "\":".utf8
      try copy(selected, bytes, depth: depth + 1)
    } while try scanner.consumeSeparator(orEnd: UInt8(ascii: "}"), bytes)
  }

  private mutating func copyElements(
    _ selection: JSONSelection, _ bytes: borrowing Span<UInt8>, depth: Int
  ) throws(JSONError) {
    try scanner.expect(UInt8(ascii: "["), bytes)
    output.append(UInt8(ascii: "["))
    defer { output.append(UInt8(ascii: "]")) }
    if scanner.take(UInt8(ascii: "]"), bytes) { return }
    var isFirst = true
    repeat {
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      try copy(selection, bytes, depth: depth + 1)
    } while try scanner.consumeSeparator(orEnd: UInt8(ascii: "]"), bytes)
  }
}
