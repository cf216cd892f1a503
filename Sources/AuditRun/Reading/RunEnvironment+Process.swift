import AuditFiles
package import AuditModel
import AuditPacks
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
    ) { (path, limit) throws(NamedFileError) in
      try readRegularFile(path, limit: limit, credentials: credentials)
    }
    environment.undecodable = own.undecodable
    return environment
  }

  /// Reads a plain file, so that a pipe cannot block and a device cannot flood.
  ///
  /// A service's credentials belong to root where the service manager opens them to the service by an access list, and
  /// their mode then shows that list as rights of the group. They count as the service's own.
  static func readRegularFile(
    _ path: String, limit: Int, credentials: String?
  ) throws(NamedFileError) -> NamedFile {
    do throws(ArchiveError) {
      let (bytes, status) = try StoredFile.readFollowing(path, limit: limit)
      let isClosed = status.owner == 0 && status.mode & 0o007 == 0
      let isCredential =
        isClosed ? try lies(path, status.identity, in: credentials) : false
      return NamedFile(
        bytes: bytes, mode: UInt16(isCredential ? status.mode & ~0o070 : status.mode),
        isOwn: isCredential || status.owner == FileSystem.user)
    } catch {
      throw NamedFileError(error)
    }
  }

  /// Whether a file that was read is the one that lies in a folder.
  private static func lies(
    _ path: String, _ file: FileSystem.Status.Identity, in folder: String?
  ) throws(ArchiveError) -> Bool {
    let place = try FileSystem.realPath(of: path)
    guard FileSystem.parent(of: place) == folder else { return false }
    return try FileSystem.status(of: place)?.identity == file
  }
}

extension Instant {
  /// This machine's time.
  package static var now: Instant {
    Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
  }
}
