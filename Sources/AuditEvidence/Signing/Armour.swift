import FoundationEssentials

/// Bytes in a text: what stands between `-----BEGIN label-----` and `-----END label-----`, in Base64.
struct Armour: Equatable {
  /// What the bytes are, `CERTIFICATE` say.
  var label: String
  /// The bytes.
  var bytes: [UInt8]

  /// The one form in which a file of ours is written: lines of `width` digits, line feeds, one at the end.
  ///
  /// PEM (RFC 7468) has 64 digits a line, OpenSSH has 70.
  func text(width: Int) -> [UInt8] {
    let digits = Array(Data(bytes).base64EncodedString().utf8)
    var text = Array("-----BEGIN \(label)-----\n".utf8)
    for start in stride(from: 0, to: digits.count, by: width) {
      text += digits[start..<min(start + width, digits.count)]
      text.append(UInt8(ascii: "\n"))
    }
    return text + Array("-----END \(label)-----\n".utf8)
  }

  /// Every block of a text, in order; what stands around the blocks is left aside, as tools print it there.
  ///
  /// Lenient in the length of lines and in white space: it reads what others wrote.
  ///
  /// - Throws: `ArmourFault`.
  static func blocks(of text: [UInt8]) throws(ArmourFault) -> [Armour] {
    var blocks: [Armour] = []
    var open: (label: String, digits: [UInt8])?
    for line in text.split(separator: UInt8(ascii: "\n")).map(Self.trimmed) {
      if let label = label(of: line, after: "-----BEGIN ") {
        guard open == nil else { throw .unfinished(open?.label ?? label) }
        open = (label, [])
      } else if let label = label(of: line, after: "-----END ") {
        guard let block = open, block.label == label else {
          throw .unbegun(label)
        }
        blocks.append(Armour(label: label, bytes: try decoded(block.digits, label)))
        open = nil
      } else {
        open?.digits += line
      }
    }
    if let block = open { throw .unfinished(block.label) }
    return blocks
  }

  private static func decoded(_ digits: [UInt8], _ label: String) throws(ArmourFault) -> [UInt8] {
    // RFC 1421's headers, "Proc-Type: 4,ENCRYPTED", are how encrypted keys of old look.
    guard !digits.contains(UInt8(ascii: ":")) else { throw .headers(label) }
    guard let data = Data(base64Encoded: Data(digits)), !data.isEmpty else {
      throw .notBase64(label)
    }
    return Array(data)
  }

  private static func label(of line: [UInt8], after prefix: String) -> String? {
    let tail = Array("-----".utf8)
    guard line.starts(with: prefix.utf8), line.count > prefix.utf8.count + tail.count,
      line.suffix(tail.count).elementsEqual(tail)
    else { return nil }
    return String(decoding: line.dropFirst(prefix.utf8.count).dropLast(tail.count), as: UTF8.self)
  }

  private static func trimmed(_ line: [UInt8].SubSequence) -> [UInt8] {
    let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == 9 || $0 == 13 }
    guard let first = line.firstIndex(where: { !isBlank($0) }),
      let last = line.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return Array(line[first...last])
  }
}
