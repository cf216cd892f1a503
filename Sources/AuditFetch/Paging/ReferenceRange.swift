/// A range of reference ids: above the first, up to and including the second.
struct ReferenceRange: Sendable, Hashable {
  var after: Int64
  var through: Int64

  /// The range in at most so many parts, of the same width from an id on; the first also has what lies before.
  func split(into parts: Int, from first: Int64) -> [ReferenceRange] {
    let start = max(after, first)
    let step = (through - start) / Int64(parts)
    guard parts > 1, step > 0 else { return [self] }
    return (0..<parts).map { part in
      ReferenceRange(
        after: part == 0 ? after : start + Int64(part) * step,
        through: part == parts - 1 ? through : start + Int64(part + 1) * step)
    }
  }
}
