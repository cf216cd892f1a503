import Foundation
import FoundationXML

/// What a parser that shares no code with ours reads.
final class XMLReader: NSObject, XMLParserDelegate {
  private(set) var elements: [String] = []
  private(set) var isWellFormed = false

  init(_ bytes: [UInt8]) {
    super.init()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = self
    isWellFormed = parser.parse()
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements.append(name)
  }
}
