/// What certificates are for: subjects, which begin with `CN=`.
struct SubjectGenerator {
  let hostilePercent: Int

  /// A subject; hostile or not is drawn apart, so that the share of the hostile changes no other.
  func subject(_ random: inout SeededRandom, hostility: inout SeededRandom) -> Subject {
    let ordinary = Self.ordinary(&random)
    guard hostility.index(below: 100) < hostilePercent,
      let hostile = hostility.pick(HostileNames.all)
    else { return Subject(text: ordinary, isHostile: false) }
    return Subject(text: "CN=\(hostile)", isHostile: true)
  }

  /// A subject as titles have it.
  struct Subject {
    var text: String
    var isHostile: Bool
  }

  private static func ordinary(_ random: inout SeededRandom) -> String {
    let number = random.index(below: 900) + 100
    return switch random.index(below: 100) {
    case ..<45: "CN=appsrvr\(number).keyexample.com"
    case ..<65: "CN=svc-\(number).prod.keyexample.com"
    case ..<75: "CN=device-\(random.index(below: 9000) + 1000).iot.keyexample.com"
    case ..<82: "CN=*.app\(number).keyexample.com"
    case ..<87: "CN=vpn user \(number)"
    case ..<90: "CN=büro-\(number).keyexample.com"
    case ..<96: "CN=gw\(number).keyexample.com,OU=Network,O=Key Example Inc"
    case ..<98: "CN=Acme Widgets\\, Inc. Gateway \(number),O=Acme Widgets\\, Inc.,C=US"
    default: "CN=Build & Release <\(number)>"
    }
  }
}

/// Common names that try to be something else in a spreadsheet, a page, a terminal, a log, a query
/// or a JSON reader.
enum HostileNames {
  /// All of them; `SandboxRow.loneSurrogate` stands for half a surrogate pair.
  static let all =
    formulas + numbers + quoting + markup + controls + deceptions + sizes + phrases
    + ["half\(SandboxRow.loneSurrogate)pair", "\(SandboxRow.loneSurrogate)", ""]

  private static let formulas = [
    "=HYPERLINK(\"http://x.example/\"&A1)", "=cmd|' /C calc'!A0", "=1+1", "+1+1", "-2+3", "@SUM(1)",
    ";=1", "|=1", "%=1", "\t=1", "\r=1", "\n=1", "\0=1", " =1", "\u{A0}=1", "\u{FEFF}=1",
    "\u{200B}=1", "\u{202E}=1", "\u{FF1D}1\u{FF0B}1", "\u{FF0D}1", "\u{FF20}SUM(1)", "'quoted",
    "''",
  ]

  private static let numbers = ["007", "+15551234", "12345678901234567890", "1E5", "TRUE", "1/2"]

  private static let quoting = [
    "a,\"b\"\r\nc", "lone\rreturn", "O'Brien", "back\\slash", "\\u{1B}", "\\host\\share",
    "Acme Widgets, Inc.", "x,O=Acme\\, Inc", "\"", "a+b=c", "semi;colon", "#hash", "semi;=1+1",
    "tab\t@SUM(1)", "bar| \"-2+3\"", "two\r\n=1", "_x0041_", "\"\u{301}", "|\u{FE0F}\u{301}",
  ]

  private static let markup = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</title></style>-->]]>",
    "{{template}}${x}", "<slot name=\"title\"/>", "&lt;b&gt;&amp;&#0;", "javascript:alert(1)",
    "data:text/html,x", "\\\\host\\share", "__proto__", "constructor",
  ]

  private static let controls = [
    "\u{1B}[2J\u{1B}]52;c;eA==\u{7}", "\u{1B}]8;;http://x.example\u{1B}\\link", "\u{9B}31mred",
    "over\u{8}\u{8}\u{8}write", "x\n{\"level\":\"error\"}", "nul\0inside", "\u{1}\u{2}\u{1F}\u{7F}",
    "\u{85}next\u{2028}line",
    String(decoding: [0x78, 0xFFFE, 0xFFFF, 0x79] as [UInt16], as: UTF16.self),
  ]

  private static let deceptions = [
    "ex\u{202E}moc.elpmaxe", "\u{2066}isolated\u{2069}", "zero\u{200B}width\u{200D}",
    "p\u{430}ypal.example.com", "\u{441}\u{43E}m.example", "e\u{301} \u{E9}", "\u{FDFA}",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "\u{130}stanbul \u{131}",
  ]

  private static let sizes = [
    String(repeating: "long.", count: 410), "z" + String(repeating: "\u{301}\u{489}", count: 500),
  ]

  private static let phrases = [
    "y is revoking certificate with CN=z", "CN=twice", "stop...", " ", "a.",
    "\" OR Status -eq \"Failed",
  ]
}
