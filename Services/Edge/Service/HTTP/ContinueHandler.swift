import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers `Expect: 100-continue`, so that clients such as curl send a large body at once, not after a second of waiting.
///
/// A body that is too large gets no 100: its answer comes before it is sent. Source: RFC 9110 §10.1.1
final class ContinueHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// Requests that have no whole answer yet. A 100 in the midst of an earlier request's answer would spoil it.
  private var unanswered = 0

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .head(let head) = unwrapInboundIn(data) {
      if unanswered == 0, Self.expectsContinue(head) {
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
      }
      unanswered += 1
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) { unanswered -= 1 }
    context.write(data, promise: promise)
  }

  private static func expectsContinue(_ head: HTTPRequest) -> Bool {
    guard head.headerFields[.expect]?.lowercased() == "100-continue" else { return false }
    let isCalibration = head.path?.prefix { $0 != "?" }.hasSuffix("/calibrate") == true
    let longest = isCalibration ? FleetEndpoints.calibrationBody.maxBytes : Transcoding.maxBody
    return head.headerFields[.contentLength].flatMap { Int($0) }.map { $0 <= longest } ?? true
  }
}
