/// The digits of a number that somebody else wrote, to be written again as they are.
struct WrittenNumber: Encodable {
  /// As the strict reader found them.
  let digits: [UInt8]

  /// For encoders that do not know it: as a text, so that no digit is lost.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(String(decoding: digits, as: UTF8.self))
  }
}
