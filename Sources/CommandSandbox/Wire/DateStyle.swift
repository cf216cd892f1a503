extension SandboxOptions.DateStyle {
  /// Appends an instant, given in milliseconds since 1970.
  func append(_ milliseconds: Int64, to bytes: inout [UInt8]) {
    let time = CivilTime(milliseconds: milliseconds)
    time.appendISO(to: &bytes)
    if self == .sevenDigits || time.millisecond != 0 {
      bytes.append(UInt8(ascii: "."))
      bytes.append(digitsOf: time.millisecond, width: 3)
    }
    switch self {
    case .trimmed:
      while time.millisecond != 0, bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
    case .sevenDigits: bytes.append(digitsOf: Self.rest(of: milliseconds), width: 4)
    case .zoneless:
      if time.millisecond != 0 { bytes.append(digitsOf: Self.rest(of: milliseconds), width: 4) }
    }
    if self != .zoneless { bytes.append(UInt8(ascii: "Z")) }
  }

  /// Four digits beyond the milliseconds, for a reader to drop: any, but always the same.
  private static func rest(of milliseconds: Int64) -> Int64 { milliseconds % 10_007 % 10_000 }
}
