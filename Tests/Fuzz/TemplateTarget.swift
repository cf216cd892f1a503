import AuditModel
import AuditRender
import TestSupport

/// Templates: one is refused with a line of it, or gives a page of well-formed HTML.
enum TemplateTarget {
  private static let report = Fixture().report

  static func run(_ bytes: [UInt8]) throws {
    let page: HTMLReport
    do {
      page = try HTMLReport(template: bytes, named: "t.html")
    } catch {
      try check(error, of: bytes)
      return
    }
    if let fault = HTMLCheck.fault(in: try page.render(report).bytes) {
      throw BrokenPromise(description: fault)
    }
  }

  private static func check(_ error: TemplateError, of bytes: [UInt8]) throws {
    switch error {
    case .missingSlot, .missingPolicy: return
    default: break
    }
    // libxml2 takes a carriage return for the end of a line as well.
    let lines = 1 + bytes.count { $0 == 0x0A || $0 == 0x0D }
    let parts = error.description.split(separator: ":")
    guard parts.count > 2, parts[0] == "t.html", let line = Int(parts[1]), 1...lines ~= line else {
      throw BrokenPromise(description: "no line of \(lines): \(error)")
    }
  }
}
