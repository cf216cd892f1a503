/// What `--excel` puts before CSV, without which Excel takes UTF-8 for something else.
enum ByteOrderMark {
  static let utf8: [UInt8] = [0xEF, 0xBB, 0xBF]
}
