import AuditModel
import SwiftASN1

extension Instant {
  /// Reads a Time: UTCTime with two digits of the year (RFC 5280, 4.1.2.5.1), or GeneralizedTime, cut to the millisecond.
  ///
  /// The library's own conversion stops the program at a leap second.
  ///
  /// - Throws: `ASN1Error`, also for a leap second.
  init(_ node: ASN1Node) throws {
    if node.identifier == .utcTime {
      let time = try UTCTime(derEncoded: node)
      try self.init(
        CivilDate(year: Int64(time.year), month: Int64(time.month), day: Int64(time.day)),
        (time.hours, time.minutes, time.seconds), fraction: 0)
    } else {
      let time = try GeneralizedTime(derEncoded: node)
      try self.init(
        CivilDate(year: Int64(time.year), month: Int64(time.month), day: Int64(time.day)),
        (time.hours, time.minutes, time.seconds), fraction: time.fractionalSeconds)
    }
  }

  private init(
    _ date: CivilDate?, _ time: (hours: Int, minutes: Int, seconds: Int), fraction: Double
  ) throws {
    guard let date, time.seconds < 60 else {
      throw ASN1Error.invalidASN1Object(reason: "a time does not exist, or is a leap second")
    }
    let seconds =
      date.dayNumber * 86_400 + Int64(time.hours * 3600 + time.minutes * 60 + time.seconds)
    self.init(milliseconds: seconds * 1000 + Int64(fraction * 1000))
  }
}
