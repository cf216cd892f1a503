public import AuditModel
private import Foundation

extension RunEnvironment {
  /// The environment of this process.
  public static var process: RunEnvironment {
    RunEnvironment(
      variables: ProcessInfo.processInfo.environment, now: .now,
      homeFolder: ProcessInfo.processInfo.environment["HOME"].flatMap { $0.isEmpty ? nil : $0 },
      readFile: readRegularFile)
  }

  /// Reads a file after looking at what it is, so that a pipe cannot block and a device cannot flood.
  @Sendable private static func readRegularFile(
    _ path: String, limit: Int
  ) throws(NamedFileProblem) -> NamedFile {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    do {
      let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
      guard attributes[.type] as? FileAttributeType == .typeRegular else {
        throw NamedFileProblem.notAFile
      }
      guard let size = attributes[.size] as? NSNumber, size.intValue <= limit else {
        throw NamedFileProblem.tooLarge
      }
      let bytes = try Data(contentsOf: url)
      guard bytes.count <= limit else { throw NamedFileProblem.tooLarge }
      return NamedFile(
        bytes: Array(bytes),
        mode: (attributes[.posixPermissions] as? NSNumber)?.uint16Value ?? 0o777,
        isOwn: (attributes[.ownerAccountID] as? NSNumber)?.uint32Value == geteuid())
    } catch let problem as NamedFileProblem {
      throw problem
    } catch let error as CocoaError
      where error.code == .fileNoSuchFile || error.code == .fileReadNoSuchFile
    {
      throw .missing
    } catch {
      throw .unreadable(error.localizedDescription)
    }
  }
}

extension Instant {
  /// This machine's time.
  public static var now: Instant {
    Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
  }
}
