// Generated from all .proto files of TestProto by proto/generator; `make generate` writes it anew.

public import ProtobufCodec
public import RPCCore

/// The .proto files of this module.
public enum TestDescriptors {
  /// Every file, after those that it imports.
  public static let files: [ProtoFile] = [
    codecTestV1KitchenSink,
    grpcTestingEmpty,
    grpcTestingMessages,
    grpcTestingTest,
  ]

  /// All files as a `google.protobuf.FileDescriptorSet`.
  public static var fileDescriptorSet: [UInt8] { ProtoFile.fileDescriptorSet(files) }

  /// Every message.
  public static let messageTypes: [any RPCMessage.Type] = [
    Scalars.self,
    Repeated.self,
    Optionals.self,
    Maps.self,
    Choice.self,
    Tree.self,
    Forest.self,
    Forest.Inner.self,
    Forest.Inner.Scalars.self,
    Nothing.self,
    Empty.self,
    BoolValue.self,
    Payload.self,
    EchoStatus.self,
    SimpleRequest.self,
    SimpleResponse.self,
    StreamingInputCallRequest.self,
    StreamingInputCallResponse.self,
    ResponseParameters.self,
    StreamingOutputCallRequest.self,
    StreamingOutputCallResponse.self,
  ]

  private static let codecTestV1KitchenSink = ProtoFile(
    name: "codec/test/v1/kitchen_sink.proto",
    dependencies: [],
    services: [
      "codec.test.v1.KitchenSink",
    ],
    types: [
      "codec.test.v1.Colour",
      "codec.test.v1.Alias",
      "codec.test.v1.Scalars",
      "codec.test.v1.Repeated",
      "codec.test.v1.Optionals",
      "codec.test.v1.Maps",
      "codec.test.v1.Maps.StringsEntry",
      "codec.test.v1.Maps.NumbersEntry",
      "codec.test.v1.Maps.ByteStringsEntry",
      "codec.test.v1.Maps.ColoursEntry",
      "codec.test.v1.Maps.MessagesEntry",
      "codec.test.v1.Maps.TreesEntry",
      "codec.test.v1.Choice",
      "codec.test.v1.Tree",
      "codec.test.v1.Tree.NamedEntry",
      "codec.test.v1.Forest",
      "codec.test.v1.Forest.Inner",
      "codec.test.v1.Forest.Inner.Kind",
      "codec.test.v1.Forest.Inner.Scalars",
      "codec.test.v1.Nothing",
    ],
    base64: """
      CiBjb2RlYy90ZXN0L3YxL2tpdGNoZW5fc2luay5wcm90bxINY29kZWMudGVzdC52MSKMBQoHU2NhbGFycxIhCgxkb3VibGVfdmFs\
      dWUYASABKAFSC2RvdWJsZVZhbHVlEh8KC2Zsb2F0X3ZhbHVlGAIgASgCUgpmbG9hdFZhbHVlEh8KC2ludDMyX3ZhbHVlGAMgASgF\
      UgppbnQzMlZhbHVlEh8KC2ludDY0X3ZhbHVlGAQgASgDUgppbnQ2NFZhbHVlEiEKDHVpbnQzMl92YWx1ZRgFIAEoDVILdWludDMy\
      VmFsdWUSIQoMdWludDY0X3ZhbHVlGAYgASgEUgt1aW50NjRWYWx1ZRIhCgxzaW50MzJfdmFsdWUYByABKBFSC3NpbnQzMlZhbHVl\
      EiEKDHNpbnQ2NF92YWx1ZRgIIAEoElILc2ludDY0VmFsdWUSIwoNZml4ZWQzMl92YWx1ZRgJIAEoB1IMZml4ZWQzMlZhbHVlEiMK\
      DWZpeGVkNjRfdmFsdWUYCiABKAZSDGZpeGVkNjRWYWx1ZRIlCg5zZml4ZWQzMl92YWx1ZRgLIAEoD1INc2ZpeGVkMzJWYWx1ZRIl\
      Cg5zZml4ZWQ2NF92YWx1ZRgMIAEoEFINc2ZpeGVkNjRWYWx1ZRIdCgpib29sX3ZhbHVlGA0gASgIUglib29sVmFsdWUSIQoMc3Ry\
      aW5nX3ZhbHVlGA4gASgJUgtzdHJpbmdWYWx1ZRIfCgtieXRlc192YWx1ZRgPIAEoDFIKYnl0ZXNWYWx1ZRItCgZjb2xvdXIYECAB\
      KA4yFS5jb2RlYy50ZXN0LnYxLkNvbG91clIGY29sb3VyEhgKB2RlZmF1bHQYESABKAlSB2RlZmF1bHQSKwoFYWxpYXMY/w8gASgO\
      MhQuY29kZWMudGVzdC52MS5BbGlhc1IFYWxpYXMioAQKCFJlcGVhdGVkEhgKB2RvdWJsZXMYASADKAFSB2RvdWJsZXMSFgoGZmxv\
      YXRzGAIgAygCUgZmbG9hdHMSFgoGaW50MzJzGAMgAygFUgZpbnQzMnMSFgoGaW50NjRzGAQgAygDUgZpbnQ2NHMSGAoHdWludDMy\
      cxgFIAMoDVIHdWludDMycxIYCgd1aW50NjRzGAYgAygEUgd1aW50NjRzEhgKB3NpbnQzMnMYByADKBFSB3NpbnQzMnMSGAoHc2lu\
      dDY0cxgIIAMoElIHc2ludDY0cxIaCghmaXhlZDMycxgJIAMoB1IIZml4ZWQzMnMSGgoIZml4ZWQ2NHMYCiADKAZSCGZpeGVkNjRz\
      EhwKCXNmaXhlZDMycxgLIAMoD1IJc2ZpeGVkMzJzEhwKCXNmaXhlZDY0cxgMIAMoEFIJc2ZpeGVkNjRzEhQKBWJvb2xzGA0gAygI\
      UgVib29scxIYCgdzdHJpbmdzGA4gAygJUgdzdHJpbmdzEiEKDGJ5dGVfc3RyaW5ncxgPIAMoDFILYnl0ZVN0cmluZ3MSLwoHY29s\
      b3VycxgQIAMoDjIVLmNvZGVjLnRlc3QudjEuQ29sb3VyUgdjb2xvdXJzEjIKCG1lc3NhZ2VzGBEgAygLMhYuY29kZWMudGVzdC52\
      MS5TY2FsYXJzUghtZXNzYWdlcxIeCgh1bnBhY2tlZBgSIAMoBUICEABSCHVucGFja2VkIrQDCglPcHRpb25hbHMSJgoMZG91Ymxl\
      X3ZhbHVlGAEgASgBSAFSC2RvdWJsZVZhbHVliAEBEiQKC2ludDMyX3ZhbHVlGAIgASgFSAJSCmludDMyVmFsdWWIAQESIgoKYm9v\
      bF92YWx1ZRgDIAEoCEgDUglib29sVmFsdWWIAQESJgoMc3RyaW5nX3ZhbHVlGAQgASgJSARSC3N0cmluZ1ZhbHVliAEBEiQKC2J5\
      dGVzX3ZhbHVlGAUgASgMSAVSCmJ5dGVzVmFsdWWIAQESMgoGY29sb3VyGAYgASgOMhUuY29kZWMudGVzdC52MS5Db2xvdXJIBlIG\
      Y29sb3VyiAEBEjAKB21lc3NhZ2UYByABKAsyFi5jb2RlYy50ZXN0LnYxLlNjYWxhcnNSB21lc3NhZ2USFAoEbm90ZRgIIAEoCUgA\
      UgRub3RlQg8KDW5vdGVfcHJlc2VuY2VCDwoNX2RvdWJsZV92YWx1ZUIOCgxfaW50MzJfdmFsdWVCDQoLX2Jvb2xfdmFsdWVCDwoN\
      X3N0cmluZ192YWx1ZUIOCgxfYnl0ZXNfdmFsdWVCCQoHX2NvbG91ciKnBgoETWFwcxI6CgdzdHJpbmdzGAEgAygLMiAuY29kZWMu\
      dGVzdC52MS5NYXBzLlN0cmluZ3NFbnRyeVIHc3RyaW5ncxI6CgdudW1iZXJzGAIgAygLMiAuY29kZWMudGVzdC52MS5NYXBzLk51\
      bWJlcnNFbnRyeVIHbnVtYmVycxJHCgxieXRlX3N0cmluZ3MYAyADKAsyJC5jb2RlYy50ZXN0LnYxLk1hcHMuQnl0ZVN0cmluZ3NF\
      bnRyeVILYnl0ZVN0cmluZ3MSOgoHY29sb3VycxgEIAMoCzIgLmNvZGVjLnRlc3QudjEuTWFwcy5Db2xvdXJzRW50cnlSB2NvbG91\
      cnMSPQoIbWVzc2FnZXMYBSADKAsyIS5jb2RlYy50ZXN0LnYxLk1hcHMuTWVzc2FnZXNFbnRyeVIIbWVzc2FnZXMSNAoFdHJlZXMY\
      BiADKAsyHi5jb2RlYy50ZXN0LnYxLk1hcHMuVHJlZXNFbnRyeVIFdHJlZXMaOgoMU3RyaW5nc0VudHJ5EhAKA2tleRgBIAEoCVID\
      a2V5EhQKBXZhbHVlGAIgASgJUgV2YWx1ZToCOAEaOgoMTnVtYmVyc0VudHJ5EhAKA2tleRgBIAEoBVIDa2V5EhQKBXZhbHVlGAIg\
      ASgBUgV2YWx1ZToCOAEaPgoQQnl0ZVN0cmluZ3NFbnRyeRIQCgNrZXkYASABKARSA2tleRIUCgV2YWx1ZRgCIAEoDFIFdmFsdWU6\
      AjgBGlEKDENvbG91cnNFbnRyeRIQCgNrZXkYASABKAhSA2tleRIrCgV2YWx1ZRgCIAEoDjIVLmNvZGVjLnRlc3QudjEuQ29sb3Vy\
      UgV2YWx1ZToCOAEaUwoNTWVzc2FnZXNFbnRyeRIQCgNrZXkYASABKAlSA2tleRIsCgV2YWx1ZRgCIAEoCzIWLmNvZGVjLnRlc3Qu\
      djEuU2NhbGFyc1IFdmFsdWU6AjgBGk0KClRyZWVzRW50cnkSEAoDa2V5GAEgASgSUgNrZXkSKQoFdmFsdWUYAiABKAsyEy5jb2Rl\
      Yy50ZXN0LnYxLlRyZWVSBXZhbHVlOgI4ASKeAgoGQ2hvaWNlEhgKBm51bWJlchgBIAEoA0gAUgZudW1iZXISFAoEdGV4dBgCIAEo\
      CUgAUgR0ZXh0EhIKA3JhdxgDIAEoDEgAUgNyYXcSFAoEZmxhZxgEIAEoCEgAUgRmbGFnEi8KBmNvbG91chgFIAEoDjIVLmNvZGVj\
      LnRlc3QudjEuQ29sb3VySABSBmNvbG91chI4CglvcHRpb25hbHMYBiABKAsyGC5jb2RlYy50ZXN0LnYxLk9wdGlvbmFsc0gAUglv\
      cHRpb25hbHMSLwoGbmVzdGVkGAcgASgLMhUuY29kZWMudGVzdC52MS5DaG9pY2VIAFIGbmVzdGVkEhQKBWxhYmVsGAggASgJUgVs\
      YWJlbEIICgZjaG9pY2Ui0wIKBFRyZWUSEgoEbmFtZRgBIAEoCVIEbmFtZRInCgRsZWZ0GAIgASgLMhMuY29kZWMudGVzdC52MS5U\
      cmVlUgRsZWZ0EikKBXJpZ2h0GAMgASgLMhMuY29kZWMudGVzdC52MS5UcmVlUgVyaWdodBIvCghjaGlsZHJlbhgEIAMoCzITLmNv\
      ZGVjLnRlc3QudjEuVHJlZVIIY2hpbGRyZW4SNAoFbmFtZWQYBSADKAsyHi5jb2RlYy50ZXN0LnYxLlRyZWUuTmFtZWRFbnRyeVIF\
      bmFtZWQSLQoGY2hvaWNlGAYgASgLMhUuY29kZWMudGVzdC52MS5DaG9pY2VSBmNob2ljZRpNCgpOYW1lZEVudHJ5EhAKA2tleRgB\
      IAEoCVIDa2V5EikKBXZhbHVlGAIgASgLMhMuY29kZWMudGVzdC52MS5UcmVlUgV2YWx1ZToCOAEi7QIKBkZvcmVzdBIpCgV0cmVl\
      cxgBIAMoCzITLmNvZGVjLnRlc3QudjEuVHJlZVIFdHJlZXMSMQoFaW5uZXIYAiABKAsyGy5jb2RlYy50ZXN0LnYxLkZvcmVzdC5J\
      bm5lclIFaW5uZXIahAIKBUlubmVyEjQKBGtpbmQYASABKA4yIC5jb2RlYy50ZXN0LnYxLkZvcmVzdC5Jbm5lci5LaW5kUgRraW5k\
      Ej0KB3NjYWxhcnMYAiABKAsyIy5jb2RlYy50ZXN0LnYxLkZvcmVzdC5Jbm5lci5TY2FsYXJzUgdzY2FsYXJzEjsKDW91dGVyX3Nj\
      YWxhcnMYAyABKAsyFi5jb2RlYy50ZXN0LnYxLlNjYWxhcnNSDG91dGVyU2NhbGFycxodCgdTY2FsYXJzEhIKBG9ubHkYASABKAVS\
      BG9ubHkiKgoES2luZBIUChBLSU5EX1VOU1BFQ0lGSUVEEAASDAoIS0lORF9PQUsQASIJCgdOb3RoaW5nKl0KBkNvbG91chIWChJD\
      T0xPVVJfVU5TUEVDSUZJRUQQABIOCgpDT0xPVVJfUkVEEAESDQoJQ09MT1VSXzJEEAISHAoPQ09MT1VSX0lORlJBUkVEEP//////\
      /////wEqQwoFQWxpYXMSFQoRQUxJQVNfVU5TUEVDSUZJRUQQABIPCgtBTElBU19GSVJTVBABEg4KCkFMSUFTX0VSU1QQARoCEAEy\
      iAIKC0tpdGNoZW5TaW5rEkEKCkdldFNjYWxhcnMSFi5jb2RlYy50ZXN0LnYxLk5vdGhpbmcaFi5jb2RlYy50ZXN0LnYxLlNjYWxh\
      cnMiA5ACARI7CgpXYXRjaFRyZWVzEhYuY29kZWMudGVzdC52MS5Ob3RoaW5nGhMuY29kZWMudGVzdC52MS5UcmVlMAESOgoJU2Vu\
      ZFRyZWVzEhMuY29kZWMudGVzdC52MS5UcmVlGhYuY29kZWMudGVzdC52MS5Ob3RoaW5nKAESPQoNRXhjaGFuZ2VUcmVlcxITLmNv\
      ZGVjLnRlc3QudjEuVHJlZRoTLmNvZGVjLnRlc3QudjEuVHJlZSgBMAFiBnByb3RvMw==
      """)

  private static let grpcTestingEmpty = ProtoFile(
    name: "grpc/testing/empty.proto",
    dependencies: [],
    services: [],
    types: [
      "grpc.testing.Empty",
    ],
    base64: """
      ChhncnBjL3Rlc3RpbmcvZW1wdHkucHJvdG8SDGdycGMudGVzdGluZyIHCgVFbXB0eWIGcHJvdG8z
      """)

  private static let grpcTestingMessages = ProtoFile(
    name: "grpc/testing/messages.proto",
    dependencies: [],
    services: [],
    types: [
      "grpc.testing.PayloadType",
      "grpc.testing.GrpclbRouteType",
      "grpc.testing.BoolValue",
      "grpc.testing.Payload",
      "grpc.testing.EchoStatus",
      "grpc.testing.SimpleRequest",
      "grpc.testing.SimpleResponse",
      "grpc.testing.StreamingInputCallRequest",
      "grpc.testing.StreamingInputCallResponse",
      "grpc.testing.ResponseParameters",
      "grpc.testing.StreamingOutputCallRequest",
      "grpc.testing.StreamingOutputCallResponse",
    ],
    base64: """
      ChtncnBjL3Rlc3RpbmcvbWVzc2FnZXMucHJvdG8SDGdycGMudGVzdGluZyIhCglCb29sVmFsdWUSFAoFdmFsdWUYASABKAhSBXZh\
      bHVlIkwKB1BheWxvYWQSLQoEdHlwZRgBIAEoDjIZLmdycGMudGVzdGluZy5QYXlsb2FkVHlwZVIEdHlwZRISCgRib2R5GAIgASgM\
      UgRib2R5IjoKCkVjaG9TdGF0dXMSEgoEY29kZRgBIAEoBVIEY29kZRIYCgdtZXNzYWdlGAIgASgJUgdtZXNzYWdlIqIECg1TaW1w\
      bGVSZXF1ZXN0Ej4KDXJlc3BvbnNlX3R5cGUYASABKA4yGS5ncnBjLnRlc3RpbmcuUGF5bG9hZFR5cGVSDHJlc3BvbnNlVHlwZRIj\
      Cg1yZXNwb25zZV9zaXplGAIgASgFUgxyZXNwb25zZVNpemUSLwoHcGF5bG9hZBgDIAEoCzIVLmdycGMudGVzdGluZy5QYXlsb2Fk\
      UgdwYXlsb2FkEiMKDWZpbGxfdXNlcm5hbWUYBCABKAhSDGZpbGxVc2VybmFtZRIoChBmaWxsX29hdXRoX3Njb3BlGAUgASgIUg5m\
      aWxsT2F1dGhTY29wZRJIChNyZXNwb25zZV9jb21wcmVzc2VkGAYgASgLMhcuZ3JwYy50ZXN0aW5nLkJvb2xWYWx1ZVIScmVzcG9u\
      c2VDb21wcmVzc2VkEkEKD3Jlc3BvbnNlX3N0YXR1cxgHIAEoCzIYLmdycGMudGVzdGluZy5FY2hvU3RhdHVzUg5yZXNwb25zZVN0\
      YXR1cxJEChFleHBlY3RfY29tcHJlc3NlZBgIIAEoCzIXLmdycGMudGVzdGluZy5Cb29sVmFsdWVSEGV4cGVjdENvbXByZXNzZWQS\
      JAoOZmlsbF9zZXJ2ZXJfaWQYCSABKAhSDGZpbGxTZXJ2ZXJJZBIzChZmaWxsX2dycGNsYl9yb3V0ZV90eXBlGAogASgIUhNmaWxs\
      R3JwY2xiUm91dGVUeXBlIoICCg5TaW1wbGVSZXNwb25zZRIvCgdwYXlsb2FkGAEgASgLMhUuZ3JwYy50ZXN0aW5nLlBheWxvYWRS\
      B3BheWxvYWQSGgoIdXNlcm5hbWUYAiABKAlSCHVzZXJuYW1lEh8KC29hdXRoX3Njb3BlGAMgASgJUgpvYXV0aFNjb3BlEhsKCXNl\
      cnZlcl9pZBgEIAEoCVIIc2VydmVySWQSSQoRZ3JwY2xiX3JvdXRlX3R5cGUYBSABKA4yHS5ncnBjLnRlc3RpbmcuR3JwY2xiUm91\
      dGVUeXBlUg9ncnBjbGJSb3V0ZVR5cGUSGgoIaG9zdG5hbWUYBiABKAlSCGhvc3RuYW1lIpIBChlTdHJlYW1pbmdJbnB1dENhbGxS\
      ZXF1ZXN0Ei8KB3BheWxvYWQYASABKAsyFS5ncnBjLnRlc3RpbmcuUGF5bG9hZFIHcGF5bG9hZBJEChFleHBlY3RfY29tcHJlc3Nl\
      ZBgCIAEoCzIXLmdycGMudGVzdGluZy5Cb29sVmFsdWVSEGV4cGVjdENvbXByZXNzZWQiVAoaU3RyZWFtaW5nSW5wdXRDYWxsUmVz\
      cG9uc2USNgoXYWdncmVnYXRlZF9wYXlsb2FkX3NpemUYASABKAVSFWFnZ3JlZ2F0ZWRQYXlsb2FkU2l6ZSKCAQoSUmVzcG9uc2VQ\
      YXJhbWV0ZXJzEhIKBHNpemUYASABKAVSBHNpemUSHwoLaW50ZXJ2YWxfdXMYAiABKAVSCmludGVydmFsVXMSNwoKY29tcHJlc3Nl\
      ZBgDIAEoCzIXLmdycGMudGVzdGluZy5Cb29sVmFsdWVSCmNvbXByZXNzZWQiowIKGlN0cmVhbWluZ091dHB1dENhbGxSZXF1ZXN0\
      Ej4KDXJlc3BvbnNlX3R5cGUYASABKA4yGS5ncnBjLnRlc3RpbmcuUGF5bG9hZFR5cGVSDHJlc3BvbnNlVHlwZRJRChNyZXNwb25z\
      ZV9wYXJhbWV0ZXJzGAIgAygLMiAuZ3JwYy50ZXN0aW5nLlJlc3BvbnNlUGFyYW1ldGVyc1IScmVzcG9uc2VQYXJhbWV0ZXJzEi8K\
      B3BheWxvYWQYAyABKAsyFS5ncnBjLnRlc3RpbmcuUGF5bG9hZFIHcGF5bG9hZBJBCg9yZXNwb25zZV9zdGF0dXMYByABKAsyGC5n\
      cnBjLnRlc3RpbmcuRWNob1N0YXR1c1IOcmVzcG9uc2VTdGF0dXMiTgobU3RyZWFtaW5nT3V0cHV0Q2FsbFJlc3BvbnNlEi8KB3Bh\
      eWxvYWQYASABKAsyFS5ncnBjLnRlc3RpbmcuUGF5bG9hZFIHcGF5bG9hZCofCgtQYXlsb2FkVHlwZRIQCgxDT01QUkVTU0FCTEUQ\
      ACpvCg9HcnBjbGJSb3V0ZVR5cGUSHQoZR1JQQ0xCX1JPVVRFX1RZUEVfVU5LTk9XThAAEh4KGkdSUENMQl9ST1VURV9UWVBFX0ZB\
      TExCQUNLEAESHQoZR1JQQ0xCX1JPVVRFX1RZUEVfQkFDS0VORBACYgZwcm90bzM=
      """)

  private static let grpcTestingTest = ProtoFile(
    name: "grpc/testing/test.proto",
    dependencies: [
      "grpc/testing/empty.proto",
      "grpc/testing/messages.proto",
    ],
    services: [
      "grpc.testing.TestService",
      "grpc.testing.UnimplementedService",
    ],
    types: [],
    base64: """
      ChdncnBjL3Rlc3RpbmcvdGVzdC5wcm90bxIMZ3JwYy50ZXN0aW5nGhhncnBjL3Rlc3RpbmcvZW1wdHkucHJvdG8aG2dycGMvdGVz\
      dGluZy9tZXNzYWdlcy5wcm90bzLLBQoLVGVzdFNlcnZpY2USNQoJRW1wdHlDYWxsEhMuZ3JwYy50ZXN0aW5nLkVtcHR5GhMuZ3Jw\
      Yy50ZXN0aW5nLkVtcHR5EkYKCVVuYXJ5Q2FsbBIbLmdycGMudGVzdGluZy5TaW1wbGVSZXF1ZXN0GhwuZ3JwYy50ZXN0aW5nLlNp\
      bXBsZVJlc3BvbnNlEk8KEkNhY2hlYWJsZVVuYXJ5Q2FsbBIbLmdycGMudGVzdGluZy5TaW1wbGVSZXF1ZXN0GhwuZ3JwYy50ZXN0\
      aW5nLlNpbXBsZVJlc3BvbnNlEmwKE1N0cmVhbWluZ091dHB1dENhbGwSKC5ncnBjLnRlc3RpbmcuU3RyZWFtaW5nT3V0cHV0Q2Fs\
      bFJlcXVlc3QaKS5ncnBjLnRlc3RpbmcuU3RyZWFtaW5nT3V0cHV0Q2FsbFJlc3BvbnNlMAESaQoSU3RyZWFtaW5nSW5wdXRDYWxs\
      EicuZ3JwYy50ZXN0aW5nLlN0cmVhbWluZ0lucHV0Q2FsbFJlcXVlc3QaKC5ncnBjLnRlc3RpbmcuU3RyZWFtaW5nSW5wdXRDYWxs\
      UmVzcG9uc2UoARJpCg5GdWxsRHVwbGV4Q2FsbBIoLmdycGMudGVzdGluZy5TdHJlYW1pbmdPdXRwdXRDYWxsUmVxdWVzdBopLmdy\
      cGMudGVzdGluZy5TdHJlYW1pbmdPdXRwdXRDYWxsUmVzcG9uc2UoATABEmkKDkhhbGZEdXBsZXhDYWxsEiguZ3JwYy50ZXN0aW5n\
      LlN0cmVhbWluZ091dHB1dENhbGxSZXF1ZXN0GikuZ3JwYy50ZXN0aW5nLlN0cmVhbWluZ091dHB1dENhbGxSZXNwb25zZSgBMAES\
      PQoRVW5pbXBsZW1lbnRlZENhbGwSEy5ncnBjLnRlc3RpbmcuRW1wdHkaEy5ncnBjLnRlc3RpbmcuRW1wdHkyVQoUVW5pbXBsZW1l\
      bnRlZFNlcnZpY2USPQoRVW5pbXBsZW1lbnRlZENhbGwSEy5ncnBjLnRlc3RpbmcuRW1wdHkaEy5ncnBjLnRlc3RpbmcuRW1wdHli\
      BnByb3RvMw==
      """)
}
