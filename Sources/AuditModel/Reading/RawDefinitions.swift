/// The definitions of a page, which its rows share: most objects repeat an earlier one byte for byte, and are found instead
/// of read.
struct RawDefinitions: Sendable {
  /// The definitions; the first one says nothing, and is that of rows without one.
  private(set) var all = [RawDefinition()]
  /// By the beginning of an object, the latest definition to look at; 0 where there is none.
  private var slots = [Int](repeating: 0, count: 1024)
  /// How many bytes of an object tell where to look for it: they reach beyond the id.
  private static let beginning = 48

  /// The index of a definition whose object stands at a position.
  func known(at position: Int, _ bytes: borrowing Span<UInt8>) -> Int? {
    let index = slots[Self.slot(at: position, bytes)]
    let isThere = bytes.holds(bytes.extracting(all[index].range), at: position)
    return index > 0 && isThere ? index : nil
  }

  /// Enters a definition that was read, and returns its index.
  mutating func enter(
    _ definition: RawDefinition, mayBeFound: Bool, _ bytes: borrowing Span<UInt8>
  ) -> Int {
    if mayBeFound { slots[Self.slot(at: definition.range.lowerBound, bytes)] = all.count }
    all.append(definition)
    return all.count - 1
  }

  private static func slot(at position: Int, _ bytes: borrowing Span<UInt8>) -> Int {
    let end = min(position + beginning, bytes.count)
    return Name.digest(of: bytes.extracting(position..<end)) & 1023
  }
}

/// The definition within a row before it is normalised.
struct RawDefinition: Sendable {
  /// Where its object lies in the page.
  var range = 0..<0
  var id: TextSlice?
  var name: TextSlice?
  var version: Int64?
  var workflowType: TextSlice?
}

/// The keys of the definition within a row, in the order in which the vendor writes them.
enum DefinitionKey: String, CaseIterable {
  case id = "Id"
  case displayName = "DisplayName"
  case version = "Version"
  case workflowType = "WorkflowType"
}
