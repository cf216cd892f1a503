/// One row of a page before it is normalised: each field of the vendor's response table as it was written.
struct RawRow: Sendable {
  /// A field that holds a text or nothing.
  enum Text: Sendable {
    case missing
    case null
    case text(TextSlice)

    /// The text; `nil` when there is none.
    var slice: TextSlice? {
      if case .text(let slice) = self { slice } else { nil }
    }
  }

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
  var statusMessage = Text.missing
  var definitionID = Text.missing
  var definitionName = Text.missing
  var definitionVersion: Int64?
  var workflowType = Text.missing
  var stepID = Text.missing
  var stepName = Text.missing
  var stepUniqueName = Text.missing
  var title = Text.missing
  var start = Text.missing
  var lastModified = Text.missing
  var hasLoneSurrogate = false
  var hasUnknownField = false
}
