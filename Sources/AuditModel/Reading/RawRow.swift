/// One row of a page before it is normalised: each field of the vendor's response table as it was written.
struct RawRow: Sendable {
  /// The status, which servers write as a name or as a number.
  enum Status: Sendable {
    case none
    case name(TextSlice)
    case integer(Int64)
  }

  /// Where the row's object lies in the page.
  var range = 0..<0
  var referenceID: Int64 = 0
  var id = InstanceID(high: 0, low: 0)
  var status = Status.none
  var statusMessage: TextSlice?
  /// The index of its definition among those of the page.
  var definition = 0
  var stepID: TextSlice?
  var stepName: TextSlice?
  var stepUniqueName: TextSlice?
  var title: TextSlice?
  var start: TextSlice?
  var lastModified: TextSlice?
  var hasLoneSurrogate = false
  var hasUnknownField = false
}

/// What paging needs to know of a row.
public struct RowIdentity: Sendable, Equatable {
  /// The integer id.
  public var referenceID: Int64
  /// The GUID.
  public var id: InstanceID
  /// When it started.
  public var start: Instant?
  /// Where the row's JSON object lies in the page.
  public var range: Range<Int>

  /// Makes an identity.
  public init(referenceID: Int64, id: InstanceID, start: Instant?, range: Range<Int>) {
    self.referenceID = referenceID
    self.id = id
    self.start = start
    self.range = range
  }
}

/// The keys of a row, in the order in which the vendor writes them.
enum RowKey: String, CaseIterable {
  case id = "Id"
  case status = "Status"
  case currentStepID = "CurrentStepId"
  case statusMessage = "StatusMessage"
  case definition = "Definition"
  case currentStepDisplayName = "CurrentStepDisplayName"
  case currentStepUniqueName = "CurrentStepUniqueName"
  case title = "Title"
  case lastModified = "LastModified"
  case startDate = "StartDate"
  case referenceID = "ReferenceId"

  /// Whether a row without it breaks the contract.
  var isRequired: Bool { self == .id || self == .referenceID }
}

/// The definitions of a page, which its rows share: most objects repeat an earlier one byte for byte, and are found instead
/// of read.
struct RawDefinitions: Sendable {
  /// The definitions; the first one says nothing, and is that of rows without one.
  private(set) var all = [RawDefinition()]
  /// By the beginning of an object, the latest definition to look at; 0 where there is none.
  private var slots = [Int](repeating: 0, count: 1024)
  /// How many bytes of an object tell where to look for it: they reach beyond the id.
  private static let beginning = 48

  /// The index of a definition whose object begins at a position.
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
