import Glibc

/// Asks the resolver once more about a name that could not be resolved: the library does not say why.
enum HostLookup {
  /// Whether there is no such host; a resolver that cannot be reached has not said so.
  static func isUnknown(_ host: String) -> Bool {
    var found: UnsafeMutablePointer<addrinfo>?
    // The name becomes a C string for the length of the call, and what was found is freed at once.
    let answer = unsafe getaddrinfo(host, nil, nil, &found)
    if let found = unsafe found { unsafe freeaddrinfo(found) }
    return answer == EAI_NONAME
  }
}
