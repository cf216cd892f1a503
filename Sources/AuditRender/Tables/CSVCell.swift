import AuditModel

/// How a cell stands in a CSV file: text by ``CSVText``, figures as plain decimals, missing as nothing.
enum CSVCell {
  static func append(_ cell: Cell, to output: inout [UInt8]) {
    switch cell {
    case .text(let text): CSVText.append(text, to: &output)
    case .term(let name, _): CSVText.append(name, to: &output)
    case .named(let id, _): CSVText.append(id, to: &output)
    case .sentences: CSVText.append(cell.displayText, to: &output)
    case .count(let number): output.append(integer: Int64(number))
    case .identifier(let number): output.append(integer: number)
    case .ratio(let number), .number(let number), .duration(let number):
      append(number, to: &output)
    case .rate(let rate):
      if let share = rate.rate { append(share, to: &output) }
    case .instant(let instant): instant.append(to: &output)
    case .ids(let ids):
      output.append(contentsOf: ids.map(String.init).joined(separator: " ").utf8)
    case .day(let day): output.append(contentsOf: day.utf8)
    case .flag(let flag): output.append(contentsOf: (flag ? "true" : "false").utf8)
    case .durationLimits, .missing: break
    }
  }

  private static func append(_ number: Double, to output: inout [UInt8]) {
    // Most are whole, and small enough to be so exactly; -0 is not one of them.
    if let whole = Int64(exactly: number), whole != 0, whole.magnitude < 1 << 53 {
      output.append(integer: whole)
    } else {
      output.append(contentsOf: plainDecimal(number).utf8)
    }
  }

  /// The shortest decimal that reads back as the same number, without an exponent.
  static func plainDecimal(_ number: Double) -> String {
    let text = String(number.magnitude)
    let sign = number < 0 ? "-" : ""
    guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "e")),
      let exponent = Int(text[mark...].dropFirst())
    else {
      return sign + (text.ends(with: ".0") ? String(text.dropLast(2)) : text)
    }
    let whole = text[..<mark].parts(at: ".")
    let fraction = whole.count == 2 && whole[1] != "0" ? whole[1] : ""
    let digits = whole[0] + fraction
    let point = whole[0].utf8.count + exponent
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    if point >= digits.count {
      return sign + digits + String(repeating: "0", count: point - digits.count)
    }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
  }
}
