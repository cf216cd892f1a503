import NIOCore
import Synchronization

/// The connections that clients hold open, so that stopping closes them too.
final class OpenConnections: Sendable {
  private struct State {
    var channels: [ObjectIdentifier: any Channel] = [:]
    var isClosing = false
  }

  private let state = Mutex(State())

  /// Keeps a connection until it ends; closes it at once when the server is stopping.
  func add(_ channel: any Channel) {
    let isClosing = state.withLock { state in
      state.channels[ObjectIdentifier(channel)] = channel
      return state.isClosing
    }
    channel.closeFuture.whenComplete { [self] _ in
      state.withLock { $0.channels[ObjectIdentifier(channel)] = nil }
    }
    if isClosing { channel.close(promise: nil) }
  }

  /// Closes all connections, and waits until they are.
  func close() async {
    let channels = state.withLock { state in
      state.isClosing = true
      return Array(state.channels.values)
    }
    for channel in channels {
      channel.close(promise: nil)
      await withCheckedContinuation { continuation in
        // However a connection ends, it has ended.
        channel.closeFuture.whenComplete { _ in continuation.resume() }
      }
    }
  }
}
