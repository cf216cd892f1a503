import AuditFetch
import AuditModel
import AuditRun

extension Log {
  /// This log as the observer of a job.
  var observer: RunObserver {
    RunObserver(notice: notice, info: info, fetch: tell, fetchEnded: endProgress)
  }

  /// Writes what happens during a fetch.
  @Sendable private func tell(_ event: FetchEvent) {
    switch event {
    case .page(let progress):
      info(
        "\(progress.read == 0 ? "open instances" : "read \(progress.read)"), page \(progress.pages): "
          + "\(progress.page.body.count) bytes, \(progress.page.request)")
      self.progress(
        Progress(pages: progress.pages, instances: progress.rows, total: progress.total))
    case .firstRead(let read): info("read 1 is complete: \(read.contents.count) pages")
    case .waiting(let milliseconds, let attempt, let reason):
      let tenths = (milliseconds + 50) / 100
      notice("waiting \(tenths / 10).\(tenths % 10) s before attempt \(attempt): \(reason)")
    }
  }
}
