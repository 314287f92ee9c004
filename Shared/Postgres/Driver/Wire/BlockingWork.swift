import Dispatch

/// Runs the few libpq calls that may block (name resolution, sending a cancel request) away from the cooperative pool.
enum BlockingWork {
  private static let queue = DispatchQueue(label: "postgres-blocking", attributes: .concurrent)

  /// The closure and its result cross threads once each, and nobody else holds them meanwhile.
  private struct Carried<Value>: @unchecked Sendable { var value: Value }

  static func run<Value>(_ work: sending @escaping () -> Value) async -> sending Value {
    let work = Carried(value: work)
    let result = await withUnsafeContinuation { (continuation: UnsafeContinuation<Carried<Value>, Never>) in
      queue.async { continuation.resume(returning: Carried(value: work.value())) }
    }
    nonisolated(unsafe) let value = result.value
    return value
  }
}
