package import AuditModel

/// A metric's state over some instances: how they were split and in which order they came does not matter.
///
/// `merge` is associative and commutative, and an empty state is its identity. The state holds exact integers;
/// divisions come at the end, when a document is made of it.
package protocol Reducer: Sendable {
  /// Counts an instance of the cohort; it is borrowed, since a copy would retain each of its names.
  mutating func add(_ instance: borrowing Instance, in batch: borrowing InstanceBatch)

  /// Counts what another state has counted.
  mutating func merge(_ other: Self)
}
