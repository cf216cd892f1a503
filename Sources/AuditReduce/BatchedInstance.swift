package import AuditModel

/// An instance in its place in a batch, for those who count it: passed on by itself, it would be copied, and each of its
/// names retained.
@dynamicMemberLookup
package struct BatchedInstance: Sendable {
  /// The batch.
  package let batch: InstanceBatch
  /// Where the instance stands in it.
  fileprivate(set) package var index: Int

  /// A member of the instance.
  @inline(__always)
  package subscript<Value>(dynamicMember member: KeyPath<Instance, Value>) -> Value {
    batch.instances[index][keyPath: member]
  }

  /// Whether its times can be used; the instance's own `hasUsableTimes` would be computed of a copy.
  package var hasUsableTimes: Bool { self.quality.isDisjoint(with: .unusableTimes) }
}

extension InstanceBatch {
  /// Calls with each instance.
  @inline(__always)
  func forEachInstance(_ body: (borrowing BatchedInstance) -> Void) {
    var instance = BatchedInstance(batch: self, index: 0)
    for index in instances.indices {
      instance.index = index
      body(instance)
    }
  }
}
