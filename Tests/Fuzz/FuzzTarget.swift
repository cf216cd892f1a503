import FoundationEssentials
import Glibc

/// What is fuzzed: each reader of bytes that others wrote, with what must be true of whatever it made of them.
enum FuzzTarget: String {
  case reader
  case title
  case date
  case csv
  case decisions
  case journal
  case manifest
  case checksums
  case signature
  case template
  case retryAfter = "retry-after"
  case zip

  /// The one that the environment variable FUZZ_TARGET names.
  static let chosen = ProcessInfo.processInfo.environment["FUZZ_TARGET"].flatMap(Self.init)

  /// Reads some bytes.
  ///
  /// - Throws: ``BrokenPromise``.
  func run(_ bytes: [UInt8]) throws {
    switch self {
    case .reader: try ReaderTarget.run(bytes)
    case .title: try TitleTarget.run(bytes)
    case .date: try DateTarget.run(bytes)
    case .csv: try CSVTarget.run(bytes)
    case .decisions: try DecisionsTarget.run(bytes)
    case .journal: try JournalTarget.run(bytes)
    case .manifest: try ManifestTarget.run(bytes)
    case .checksums: try ChecksumsTarget.run(bytes)
    case .signature: try SignatureTarget.run(bytes)
    case .template: try TemplateTarget.run(bytes)
    case .retryAfter: try RetryAfterTarget.run(bytes)
    case .zip: try ZipTarget.run(bytes)
    }
  }
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let target = FuzzTarget.chosen else { fatalError("FUZZ_TARGET names no target.") }
  // libFuzzer keeps its buffer for the length of the call.
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  // Processor time: on a busy machine libFuzzer's own limit, which is of the clock on the wall, says little.
  let begin = clock()
  do {
    try target.run(bytes)
    try BrokenPromise.unless(clock() - begin < CLOCKS_PER_SEC, "it takes over a second")
  } catch {
    fatalError("\(target.rawValue): \(error)")
  }
  return 0
}
