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
