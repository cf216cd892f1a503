import AuditModel

extension JSONFile {
  /// The bytes of a document, or an error that names its file.
  static func bytes(of document: some Encodable, named file: String) throws(RenderError) -> [UInt8]
  {
    do {
      return try bytes(document)
    } catch {
      throw .notEncodable(file: file, reason: String(describing: error))
    }
  }
}
