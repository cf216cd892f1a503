/// The definition within a row before it is normalised.
struct RawDefinition: Sendable {
  /// Where its object lies in the page.
  var range = 0..<0
  var id: TextSlice?
  var name: TextSlice?
  var version: Int64?
  var workflowType: TextSlice?
}
