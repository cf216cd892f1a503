import AuditModel
import SwiftASN1

extension Error {
  /// What is wrong, in words; of an error of the ASN.1 library without the line of its source that raised it.
  var words: String {
    guard let error = self as? ASN1Error else { return String(describing: self) }
    guard error.code == .invalidASN1Object else { return "its ASN.1 is broken, \(error.code)" }
    let words = String(describing: error).parts(at: " ")
    return words.dropFirst().dropLast().joined(separator: " ")
  }
}
