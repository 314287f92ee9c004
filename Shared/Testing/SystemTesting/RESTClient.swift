public import Foundation
import Waiting

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Calls a REST interface of 127.0.0.1.
public struct RESTClient: Sendable {
  /// An answer.
  public struct Answer: Sendable {
    public var status: Int
    public var headers: [String: String]
    public var body: Data

    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The value at a path of member names and indices, such as `errors`, `0`, `field`; nil where there is none.
    public func value(_ path: String...) -> Any? {
      var value: Any? = try? JSONSerialization.jsonObject(with: body)
      for part in path {
        if let members = value as? [String: Any] {
          value = members[part]
        } else if let array = value as? [Any], let index = Int(part), array.indices.contains(index) {
          value = array[index]
        } else {
          return nil
        }
      }
      return value
    }
  }

  /// How long an answer may take.
  private static let timeout: TimeInterval = 60

  public let port: Int

  public init(port: Int) { self.port = port }

  /// - Parameter headers: may say another type of the body than JSON.
  /// - Throws: when nobody answers.
  public func call(_ method: String, _ path: String, json: String? = nil, headers: [String: String] = [:]) async throws
    -> Answer
  {
    var headers = headers
    if json != nil, headers["Content-Type"] == nil { headers["Content-Type"] = "application/json" }
    return try await call(method, path, body: json.map { Data($0.utf8) }, headers: headers)
  }

  /// - Throws: when nobody answers.
  public func call(_ method: String, _ path: String, body: Data?, headers: [String: String]) async throws -> Answer {
    guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else {
      throw NeverHappened(description: "\(path) isn't a path")
    }
    var request = URLRequest(url: url, timeoutInterval: Self.timeout)
    request.httpMethod = method
    request.httpBody = body
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let (body, response) = try await URLSession.shared.data(for: request)
    guard let response = response as? HTTPURLResponse else { throw NeverHappened(description: "an HTTP answer") }
    let fields = response.allHeaderFields.map { ("\($0.key)".lowercased(), "\($0.value)") }
    return Answer(status: response.statusCode, headers: Dictionary(fields) { $1 }, body: body)
  }
}
