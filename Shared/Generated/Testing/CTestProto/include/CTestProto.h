// Generated from all .proto files of TestProto by proto/generator; `make generate` writes it anew.

#ifndef CTESTPROTO_H
#define CTESTPROTO_H

#include <protobuf-c/protobuf-c.h>
#include "codec/test/v1/kitchen_sink.pb-c.h"
#include "grpc/testing/empty.pb-c.h"
#include "grpc/testing/messages.pb-c.h"
#include "grpc/testing/test.pb-c.h"

// Swift can't take the address of a constant in C.
static inline const ProtobufCMessageDescriptor *codec__test__v1__scalars__descriptor_address(void) {
  return &codec__test__v1__scalars__descriptor;
}
static inline const ProtobufCMessageDescriptor *codec__test__v1__repeated__descriptor_address(void) {
  return &codec__test__v1__repeated__descriptor;
}
static inline const ProtobufCMessageDescriptor *codec__test__v1__optionals__descriptor_address(void) {
  return &codec__test__v1__optionals__descriptor;
}
static inline const ProtobufCMessageDescriptor *codec__test__v1__maps__descriptor_address(void) {
  return &codec__test__v1__maps__descriptor;
}
static inline const ProtobufCMessageDescriptor *codec__test__v1__maps__strings_entry__descriptor_address(void) {
  return &codec__test__v1__maps__strings_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *codec__test__v1__maps__numbers_entry__descriptor_address(void) {
  return &codec__test__v1__maps__numbers_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *codec__test__v1__maps__byte_strings_entry__descriptor_address(void) {
  return &codec__test__v1__maps__byte_strings_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *codec__test__v1__maps__colours_entry__descriptor_address(void) {
  return &codec__test__v1__maps__colours_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *codec__test__v1__maps__messages_entry__descriptor_address(void) {
  return &codec__test__v1__maps__messages_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *codec__test__v1__maps__trees_entry__descriptor_address(void) {
  return &codec__test__v1__maps__trees_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *codec__test__v1__choice__descriptor_address(void) {
  return &codec__test__v1__choice__descriptor;
}
static inline const ProtobufCMessageDescriptor *codec__test__v1__tree__descriptor_address(void) {
  return &codec__test__v1__tree__descriptor;
}
static inline const ProtobufCMessageDescriptor *codec__test__v1__tree__named_entry__descriptor_address(void) {
  return &codec__test__v1__tree__named_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *codec__test__v1__forest__descriptor_address(void) {
  return &codec__test__v1__forest__descriptor;
}
static inline const ProtobufCMessageDescriptor *codec__test__v1__forest__inner__descriptor_address(void) {
  return &codec__test__v1__forest__inner__descriptor;
}
static inline const ProtobufCMessageDescriptor *codec__test__v1__forest__inner__scalars__descriptor_address(void) {
  return &codec__test__v1__forest__inner__scalars__descriptor;
}
static inline const ProtobufCMessageDescriptor *codec__test__v1__nothing__descriptor_address(void) {
  return &codec__test__v1__nothing__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__testing__empty__descriptor_address(void) {
  return &grpc__testing__empty__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__testing__bool_value__descriptor_address(void) {
  return &grpc__testing__bool_value__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__testing__payload__descriptor_address(void) {
  return &grpc__testing__payload__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__testing__echo_status__descriptor_address(void) {
  return &grpc__testing__echo_status__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__testing__simple_request__descriptor_address(void) {
  return &grpc__testing__simple_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__testing__simple_response__descriptor_address(void) {
  return &grpc__testing__simple_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__testing__streaming_input_call_request__descriptor_address(void) {
  return &grpc__testing__streaming_input_call_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__testing__streaming_input_call_response__descriptor_address(void) {
  return &grpc__testing__streaming_input_call_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__testing__response_parameters__descriptor_address(void) {
  return &grpc__testing__response_parameters__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__testing__streaming_output_call_request__descriptor_address(void) {
  return &grpc__testing__streaming_output_call_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__testing__streaming_output_call_response__descriptor_address(void) {
  return &grpc__testing__streaming_output_call_response__descriptor;
}

#endif
