public import ServiceRuntime

extension Replicas {
  /// The replicas of the service that this process is one of, followed as their addresses change.
  public static func own(_ context: ServiceContext) -> Replicas {
    // Without a list it is the only one.
    guard let addresses = context.addresses(of: context.identity) else { return .alone(context.advertisedAddress) }
    return following(addresses, own: context.advertisedAddress, of: context.identity, context)
  }

  /// The replicas of another service, followed as their addresses change.
  public static func of(_ identity: ServiceIdentity, _ context: ServiceContext) -> Replicas {
    following(context.addresses(of: identity), own: nil, of: identity, context)
  }

  private static func following(
    _ addresses: ServiceAddresses?, own: String?, of identity: ServiceIdentity, _ context: ServiceContext
  ) -> Replicas {
    let replicas = Replicas(own: own) { context.channel(to: $0, of: identity) }
    addresses?.observe { replicas.update($0) }
    return replicas
  }
}
