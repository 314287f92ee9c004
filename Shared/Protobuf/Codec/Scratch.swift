#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// Memory for the C structures of one message: handed out by moving a cursor, released all at once.
///
/// Each thread has one, which is in use from `begin` to `end`; nothing between the two may suspend.
package struct Scratch {
  /// Open to the generated modules, which take memory without a call.
  package struct State {
    package var cursor: UnsafeMutableRawPointer
    package var end: UnsafeMutableRawPointer
    /// The newest block; each begins with a `Block` that leads to the one before.
    fileprivate var block: UnsafeMutablePointer<Block>
    /// The sizes of all blocks together, and what they may come to.
    fileprivate var reserved: Int
    fileprivate var limit: Int
    fileprivate var inUse = false
    /// Messages that are being filled in, one inside the other.
    package var depth = 1
    /// The most bytes that the message which is being filled in can take when it is encoded.
    package var expectedBytes = 0
  }

  fileprivate struct Block {
    var previous: UnsafeMutablePointer<Block>?
    var size: Int
  }

  /// Big enough for nearly all messages of the suite.
  private static let firstBlockBytes = 64 << 10

  package let state: UnsafeMutablePointer<State>

  /// The scratch of this thread, empty.
  package static func begin(messageBytes: Int) -> Scratch {
    let scratch = Scratch(state: current())
    precondition(!scratch.state.pointee.inUse, "a message is coded while another one is on the same thread")
    scratch.state.pointee.inUse = true
    scratch.state.pointee.depth = 1
    scratch.state.pointee.expectedBytes = 0
    scratch.state.pointee.limit = min(
      CodecLimits.scratchMaximumBytes,
      CodecLimits.scratchFloorBytes + CodecLimits.scratchBytesPerMessageByte * messageBytes)
    return scratch
  }

  /// Releases everything that was handed out.
  package func end() {
    if state.pointee.block.pointee.previous != nil { releaseBlocks() }
    state.pointee.cursor = Self.start(of: state.pointee.block)
    state.pointee.inUse = false
  }

  /// At least `bytes` bytes, aligned for any C structure; nil when the bound is reached.
  @inline(__always)
  package func allocate(bytes: Int) -> UnsafeMutableRawPointer? {
    let size = (max(bytes, 1) &+ 7) & ~7
    let start = state.pointee.cursor
    guard size <= start.distance(to: state.pointee.end) else { return allocateBlock(for: size) }
    state.pointee.cursor = start + size
    return start
  }

  /// The same when the newest block has no room left.
  package func allocateBlock(for bytes: Int) -> UnsafeMutableRawPointer? {
    let header = MemoryLayout<Block>.stride
    guard bytes <= state.pointee.limit else { return nil }
    let size = max(state.pointee.block.pointee.size * 2, bytes + header)
    // The limit counts what the blocks take and not what is used of them, so the last block may be a smaller one.
    let room = state.pointee.limit + Self.firstBlockBytes - state.pointee.reserved
    guard bytes + header <= room, let memory = malloc(min(size, room)) else { return nil }
    let block = memory.bindMemory(to: Block.self, capacity: 1)
    block.initialize(to: Block(previous: state.pointee.block, size: min(size, room)))
    state.pointee.block = block
    state.pointee.reserved += block.pointee.size
    state.pointee.cursor = Self.start(of: block) + bytes
    state.pointee.end = memory + block.pointee.size
    return Self.start(of: block)
  }

  /// Leaves one block: the newest that may be kept.
  private func releaseBlocks() {
    var kept: UnsafeMutablePointer<Block>?
    var next: UnsafeMutablePointer<Block>? = state.pointee.block
    while let block = next {
      next = block.pointee.previous
      if kept == nil, block.pointee.size <= CodecLimits.retainedScratchBytes {
        kept = block
      } else {
        free(block)
      }
    }
    // The first block is never larger than what may be kept.
    guard let kept else { preconditionFailure("every block is too large to keep") }
    kept.pointee.previous = nil
    state.pointee.block = kept
    state.pointee.reserved = kept.pointee.size
    state.pointee.end = UnsafeMutableRawPointer(kept) + kept.pointee.size
  }

  private static func start(of block: UnsafeMutablePointer<Block>) -> UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(block + 1)
  }

  // MARK: One per thread

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    let status = pthread_key_create(&key) { memory in
      #if canImport(Darwin)
        Scratch.destroy(memory.assumingMemoryBound(to: State.self))
      #else
        if let memory { Scratch.destroy(memory.assumingMemoryBound(to: State.self)) }
      #endif
    }
    precondition(status == 0, "no thread-specific key is left")
    return key
  }()

  private static func current() -> UnsafeMutablePointer<State> {
    if let memory = pthread_getspecific(key) { return memory.assumingMemoryBound(to: State.self) }
    return create()
  }

  private static func create() -> UnsafeMutablePointer<State> {
    guard let memory = malloc(firstBlockBytes) else { preconditionFailure("no memory") }
    let block = memory.bindMemory(to: Block.self, capacity: 1)
    block.initialize(to: Block(previous: nil, size: firstBlockBytes))
    let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
    state.initialize(
      to: State(
        cursor: start(of: block), end: memory + firstBlockBytes, block: block,
        reserved: firstBlockBytes, limit: 0))
    pthread_setspecific(key, state)
    return state
  }

  private static func destroy(_ state: UnsafeMutablePointer<State>) {
    var next: UnsafeMutablePointer<Block>? = state.pointee.block
    while let block = next {
      next = block.pointee.previous
      free(block)
    }
    state.deallocate()
  }
}
