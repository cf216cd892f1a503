import AuditFiles
package import AuditModel
import AuditPacks

/// Puts a published pack into one file beside it.
struct RunBundle {
  /// The pack's folder.
  let pack: String
  let workers: Int

  /// What came of it: the pack is published in any case.
  enum Outcome {
    /// The file is there, new or from an earlier run.
    case written(path: String, notice: String)
    /// The file is not there.
    case failed(BundleFailure)
  }

  /// Makes the file, unless it is there and holds this very pack.
  func make() async -> Outcome {
    let place = "\(pack).zip"
    do {
      let run = BundleRun(pack: pack, out: place, workers: workers)
      if try run.isMade() {
        return .written(path: place, notice: "\(place) is there already, and holds this pack.")
      }
      let bundle = try await run.run()
      return .written(path: bundle.path, notice: bundle.notice)
    } catch let error as any AuditFailure {
      return .failed(BundleFailure(message: error.message))
    } catch is CancellationError {
      return .failed(
        BundleFailure(message: Message(.bundleInterrupted, TerminalText.sanitized(pack))))
    } catch {
      return .failed(
        BundleFailure(message: Message(.internalError, TerminalText.sanitized("\(error)"))))
    }
  }
}

/// Why a pack that is published has no bundle.
package struct BundleFailure: AuditFailure, Equatable {
  /// What went wrong.
  package var message: Message
}
