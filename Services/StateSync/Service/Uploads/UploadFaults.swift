import FleetCore
import Glibc
import RPCCore
import RPCErrors
import RuntimeSystem
import TwinProto

extension ServiceFault {
  static func noUpload(_ id: String) -> ServiceFault {
    ServiceFault(.notFound, .uploadNotFound, "no upload has the id '\(id)'", facts: ["upload": id])
  }

  /// There is no room, or no hand, for another upload now.
  static func uploadsFull(_ what: String) -> ServiceFault {
    ServiceFault(.resourceExhausted, .overloaded, what, retryAfter: .seconds(10))
  }

  static let noUploads = ServiceFault(
    .unavailable, .storeUnavailable, "this service takes no uploads: uploads.folder isn't set")

  /// The disk refuses what was sent.
  static func spool(_ error: SystemError) -> ServiceFault {
    switch error.code {
    case ENOSPC, EDQUOT, EFBIG: uploadsFull("there is no room on the disk for the upload")
    default: ServiceFault(.unavailable, .storeUnavailable, "the upload can't be kept now", retryAfter: .seconds(10))
    }
  }
}
