import Glibc

/// A listening socket whose backlog is full: connections to it are neither accepted nor refused.
final class Backlog {
  struct Failure: Error {}

  private var descriptors: [Int32] = []
  /// The port it listens on.
  private(set) var port = 0

  init() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard listener >= 0 else { throw Failure() }
    descriptors.append(listener)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    try unsafe Self.withAddress(&address) { unsafe bind(listener, $0, size) }
    guard listen(listener, 0) == 0 else { throw Failure() }
    var length = size
    try unsafe Self.withAddress(&address) { unsafe getsockname(listener, $0, &length) }
    port = Int(UInt16(bigEndian: address.sin_port))
    for _ in 0..<4 {
      let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
      guard client >= 0 else { throw Failure() }
      descriptors.append(client)
      // It answers EINPROGRESS, whether there is room for it or not.
      _ = unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe connect(client, $0, size)
        }
      }
    }
  }

  deinit {
    for descriptor in descriptors { close(descriptor) }
  }

  private static func withAddress(
    _ address: inout sockaddr_in, _ call: (UnsafeMutablePointer<sockaddr>) -> Int32
  ) throws {
    let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe call($0) }
    }
    guard result == 0 else { throw Failure() }
  }
}
