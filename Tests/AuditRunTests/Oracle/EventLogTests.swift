import Foundation
import TestSupport
import Testing

@Suite("Process mining")
struct EventLogTests {
  @Test(
    "instances.csv is an event log after the renames of the article",
    .enabled { await PythonScript.canImport("pandas") })
  func renames() async throws {
    let pack = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Examples/quarter/pack").standardizedFileURL
    let (status, output) = try await PythonScript(name: "event_log").run([pack.path])
    #expect(status == 0 && output.hasSuffix("160 events, 147 common names\n"), "\(output)")
  }
}
