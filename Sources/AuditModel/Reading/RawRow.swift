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
