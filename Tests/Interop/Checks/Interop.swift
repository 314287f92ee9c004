import Testing

/// Our runtime against others, and the interoperability suite of the gRPC project.
///
/// One after the other: most of these start programs of their own, and some look at memory and queues.
@Suite(.serialized, .timeLimit(.minutes(5)))
enum Interop {}
