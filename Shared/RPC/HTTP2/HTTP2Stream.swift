internal import NIOCore

/// One stream of a connection. It belongs to the connection's event loop; whoever must name a stream across an `await`
/// keeps its `id`.
public final class HTTP2Stream {
  /// Odd numbers that only grow.
  public internal(set) var id: Int32
  /// What the layer above keeps with the stream.
  public var attachment: AnyObject?
  /// The peer sends nothing more.
  public internal(set) var remoteEnded = false
  /// The stream is gone; nothing can be sent or will arrive.
  public internal(set) var isClosed = false
  /// Headers have been handed to nghttp2.
  public internal(set) var headersSubmitted = false
  /// Bytes given to `send` that have not left yet.
  public internal(set) var queuedBytes = 0
  /// An event `drained` is due once `queuedBytes` has fallen to this; negative for none.
  var drainMark = -1
  /// How many buffers the queue has slots for, those that have left included.
  var queueSlots: Int { queue.count }
  /// No data follows what is queued.
  public internal(set) var localEnded = false
  /// Sent behind the last data.
  var trailers: HeaderList?
  /// The trailers have been handed to nghttp2.
  var trailersSubmitted = false
  /// nghttp2 was told that there is nothing to send; it must be woken.
  var isDeferred = false
  private var queue: [ByteBuffer] = []
  private var head = 0

  init(id: Int32) { self.id = id }

  func enqueue(_ data: ByteBuffer) {
    queuedBytes += data.readableBytes
    queue.append(data)
  }

  /// Copies as much as fits and is queued; returns the number of bytes.
  func dequeue(into target: UnsafeMutableRawBufferPointer) -> Int {
    var copied = 0
    while head < queue.count, copied < target.count {
      let length = min(queue[head].readableBytes, target.count - copied)
      queue[head].readWithUnsafeReadableBytes { source in
        target.baseAddress!.advanced(by: copied).copyMemory(from: source.baseAddress!, byteCount: length)
        return length
      }
      copied += length
      if queue[head].readableBytes == 0 {
        queue[head] = Self.empty
        head += 1
      }
    }
    // A queue that never runs dry still lets go of what has left.
    if head > Self.compactionThreshold, head * 2 > queue.count {
      queue.removeFirst(head)
      head = 0
    }
    if head == queue.count {
      queue.removeAll(keepingCapacity: true)
      head = 0
    }
    queuedBytes -= copied
    return copied
  }

  func discardQueue() {
    queue = []
    head = 0
    queuedBytes = 0
  }

  private static let compactionThreshold = 32
  private static let empty = ByteBuffer()
}
