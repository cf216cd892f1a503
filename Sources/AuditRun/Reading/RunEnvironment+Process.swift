package import AuditModel
package import AuditPlan
private import Foundation

extension RunEnvironment {
  /// The environment of this process.
  package static var process: RunEnvironment {
    let own = EnvironmentVariables.process
    let variables = own.texts
    let credentials = variables["CREDENTIALS_DIRECTORY"]
    var environment = RunEnvironment(
      variables: variables, now: .now,
      homeFolder: variables["HOME"].flatMap { $0.isEmpty ? nil : $0 }
    ) { (path, limit) throws(NamedFileProblem) in
      try readRegularFile(path, limit: limit, credentials: credentials)
    }
    environment.undecodable = own.undecodable
    return environment
  }

  /// Reads a file after looking at what it is, so that a pipe cannot block and a device cannot flood.
  ///
  /// A service's credentials belong to root where the service manager opens them to the service by an access list, and
  /// their mode then shows that list as rights of the group. They count as the service's own.
  private static func readRegularFile(
    _ path: String, limit: Int, credentials: String?
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
      let mode = (attributes[.posixPermissions] as? NSNumber)?.uint16Value ?? 0o777
      let owner = (attributes[.ownerAccountID] as? NSNumber)?.uint32Value
      let isCredential =
        owner == 0 && mode & 0o007 == 0 && url.deletingLastPathComponent().path == credentials
      return NamedFile(
        bytes: Array(bytes), mode: isCredential ? mode & ~0o070 : mode,
        isOwn: isCredential || owner == geteuid())
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
  package static var now: Instant {
    Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
  }
}
