/// How far the reading of instances has come.
package struct Progress: Sendable, Equatable {
  /// Pages received.
  package var pages: Int
  /// Instances received.
  package var instances: Int
  /// How many instances there are in all; `nil` when nobody announced it.
  package var total: Int?

  /// Describes progress.
  package init(pages: Int, instances: Int, total: Int?) {
    self.pages = pages
    self.instances = instances
    self.total = total
  }

  /// The line on the terminal.
  ///
  /// - Parameter elapsedMilliseconds: Since progress was first told.
  /// - Returns: Pages, instances, rate and, when the total is known, the time that remains.
  func line(elapsedMilliseconds: Int64) -> String {
    var parts = ["\(pages) pages"]
    parts.append(total.map { "\(instances) of \($0) instances" } ?? "\(instances) instances")
    if elapsedMilliseconds >= 1000, instances > 0 {
      let rate = Double(instances) * 1000 / Double(elapsedMilliseconds)
      parts.append("\(Int(rate.rounded()))/s")
      if let total, total > instances {
        let seconds = Int((Double(total - instances) / rate).rounded(.up))
        parts.append("\(Self.duration(seconds)) left")
      }
    }
    return parts.joined(separator: ", ")
  }

  private static func duration(_ seconds: Int) -> String {
    switch seconds {
    case ..<60: "\(seconds) s"
    case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
    default: "\(seconds / 3600) h \(seconds / 60 % 60) min"
    }
  }
}
