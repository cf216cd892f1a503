private import FoundationEssentials

/// Reads JSON documents that somebody else may have written: the only place that decodes JSON into types.
///
/// What is wrong with a document is always a ``JSONDocumentError`` with a sentence, which the caller turns into a
/// discrepancy or an error that has the file's path.
public enum JSONDocument {
  /// How deep arrays and objects may be nested; no document of this program comes near it.
  static let depthLimit = 100

  /// Decodes a document in UTF-8.
  public static func read<Document: Decodable>(
    _ type: Document.Type = Document.self, from bytes: [UInt8]
  ) throws(JSONDocumentError) -> Document {
    try checkBytes(bytes)
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw JSONDocumentError(error)
    }
  }

  /// Refuses what a decoder would descend into without end, or read in another encoding.
  private static func checkBytes(_ bytes: [UInt8]) throws(JSONDocumentError) {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw JSONDocumentError("it is not UTF-8.")
    }
    var depth = 0
    var isText = false
    var isEscaped = false
    for byte in bytes {
      if isText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        guard depth <= depthLimit else {
          throw JSONDocumentError("arrays and objects are nested more than \(depthLimit) deep.")
        }
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case 0: throw JSONDocumentError("it contains a zero byte.")
      default: break
      }
    }
  }
}

/// Why a JSON document cannot be read, and where in it.
public struct JSONDocumentError: Error, Equatable, CustomStringConvertible {
  /// A sentence; the library's own text would name types of Swift.
  public let description: String

  /// Explains in a sentence.
  public init(_ sentence: String) {
    description = sentence
  }

  /// Explains what the decoder found.
  init(_ error: any Error) {
    guard let error = error as? DecodingError else {
      description = "it cannot be decoded."
      return
    }
    let (context, words): (DecodingError.Context, String) =
      switch error {
      case .dataCorrupted(let context):
        (context, "it is not JSON, or a value is not what it should be")
      case .keyNotFound(let key, let context): (context, "the member \(key.stringValue) is missing")
      case .typeMismatch(_, let context): (context, "a value has another type than it should have")
      case .valueNotFound(_, let context): (context, "a value is missing")
      @unknown default: (.init(codingPath: [], debugDescription: ""), "it cannot be decoded")
      }
    let place = context.codingPath.map(\.stringValue).joined(separator: ".")
    description = place.isEmpty ? "\(words)." : "\(words) at \(place)."
  }
}

/// A document with sizes and counts, which are bounded before anything is computed with them.
public protocol CountedDocument: Decodable {
  /// Every size and count, with the member's name.
  var boundedCounts: [(member: String, count: Int)] { get }
}

extension JSONDocument {
  /// The most that anything is counted to: sums of many of them stay within 64 bits.
  public static let largestCount = 1 << 48

  /// Decodes a document and bounds its sizes and counts.
  public static func read<Document: CountedDocument>(
    counted type: Document.Type, from bytes: [UInt8]
  ) throws(JSONDocumentError) -> Document {
    try bounded(read(type, from: bytes))
  }

  /// Decodes the selected members of a document and bounds its sizes and counts.
  public static func read<Document: CountedDocument>(
    counted type: Document.Type, from bytes: [UInt8], only selection: JSONSelection
  ) throws(JSONDocumentError) -> Document {
    try bounded(read(type, from: bytes, only: selection))
  }

  private static func bounded<Document: CountedDocument>(
    _ document: Document
  ) throws(JSONDocumentError) -> Document {
    for (member, count) in document.boundedCounts where !(0...largestCount ~= count) {
      throw JSONDocumentError("\(member) cannot be \(count).")
    }
    return document
  }
}
