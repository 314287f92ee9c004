import SimulationInput

/// Where changes have policies of the AWS language: as the resource's own setting, attached to a role, or inline.
enum PolicyForm {
  /// What a policy hangs on, by the name of the setting (lower-case words).
  private static let names: [(name: String, place: PolicyPlace)] = [
    ("trust_policy", .trust), ("assume_role_policy", .trust), ("assume_role_policy_document", .trust),
    ("update_assume_role_policy", .trust), ("trust_relationship", .trust), ("trust", .trust),
    ("bucket_policy", .bucket), ("aws_s3_bucket_policy", .bucket), ("put_bucket_policy", .bucket),
    ("s3_bucket_policy", .bucket), ("key_policy", .key), ("kms_key_policy", .key), ("put_key_policy", .key),
    ("kms_policy", .key), ("queue_policy", .resource), ("topic_policy", .resource), ("sqs_policy", .resource),
    ("sns_policy", .resource), ("resource_policy", .resource), ("secret_policy", .resource),
    ("repository_policy", .resource), ("vpc_endpoint_policy", .resource), ("endpoint_policy", .resource),
    ("lambda_permission", .resource), ("iam_policy", .identity), ("inline_policy", .identity),
    ("aws_iam_policy", .identity), ("aws_iam_role_policy", .identity), ("put_role_policy", .identity),
    ("put_user_policy", .identity), ("role_policy", .identity), ("user_policy", .identity),
    ("managed_policy", .identity), ("policy_document", .identity), ("create_policy_version", .identity),
    ("attach", .identity), ("attach_policy", .identity), ("add_statement", .identity),
    ("policy_statement", .identity), ("add_permission", .identity), ("grant_policy", .identity),
    ("policy", .identity),
  ]

  /// Parts with `attached_to` and `document`; nil for what isn't a policy written out.
  static func parts(_ name: String, _ member: InputValue.Member) -> [InputValue]? {
    guard let place = names.first(where: { $0.name == name })?.place ?? wrapped(name, member.value),
      PolicyDocument(member.value) != nil
    else { return nil }
    return [
      .object([.init("attached_to", .string(place.rawValue)), .init("document", member.value)])
    ]
  }

  /// A setting that nobody listed, with a whole document in it.
  private static func wrapped(_ name: String, _ value: InputValue) -> PolicyPlace? {
    guard value["Statement"] != nil, value["Version"] != nil || name.contains("policy") else { return nil }
    return name.contains("trust") || name.contains("assume") ? .trust : .resource
  }
}

/// What a policy hangs on, which says what it decides.
enum PolicyPlace: String, Sendable, Hashable {
  /// What its bearer may do.
  case identity
  /// Who may become the role.
  case trust
  case bucket, key, resource
}
