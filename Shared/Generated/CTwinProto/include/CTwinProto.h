// Generated from all .proto files of TwinProto by proto/generator; `make generate` writes it anew.

#ifndef CTWINPROTO_H
#define CTWINPROTO_H

#include <protobuf-c/protobuf-c.h>
#include "google/protobuf/any.pb-c.h"
#include "google/protobuf/duration.pb-c.h"
#include "google/protobuf/empty.pb-c.h"
#include "google/protobuf/struct.pb-c.h"
#include "google/protobuf/timestamp.pb-c.h"
#include "google/rpc/code.pb-c.h"
#include "google/rpc/error_details.pb-c.h"
#include "google/rpc/status.pb-c.h"
#include "grpc/health/v1/health.pb-c.h"
#include "grpc/reflection/v1/reflection.pb-c.h"
#include "grpc/reflection/v1alpha/reflection.pb-c.h"
#include "twin/common/v1/change.pb-c.h"
#include "twin/common/v1/errors.pb-c.h"
#include "twin/common/v1/impact.pb-c.h"
#include "twin/common/v1/outcome.pb-c.h"
#include "twin/common/v1/parameter.pb-c.h"
#include "twin/common/v1/telemetry.pb-c.h"
#include "twin/common/v1/vehicle_state.pb-c.h"
#include "twin/engine/v1/calibration.pb-c.h"
#include "twin/engine/v1/environment.pb-c.h"
#include "twin/engine/v1/twin.pb-c.h"
#include "twin/prediction/v1/arbiter.pb-c.h"
#include "twin/prediction/v1/prediction.pb-c.h"
#include "twin/results/v1/audit.pb-c.h"
#include "twin/results/v1/result.pb-c.h"
#include "twin/results/v1/suite.pb-c.h"
#include "twin/scenario/v1/change.pb-c.h"
#include "twin/scenario/v1/ego.pb-c.h"
#include "twin/scenario/v1/scenario.pb-c.h"
#include "twin/scenario/v1/simulation.pb-c.h"
#include "twin/scenario/v1/suite.pb-c.h"
#include "twin/statesync/v1/environment.pb-c.h"
#include "twin/statesync/v1/fleet.pb-c.h"
#include "twin/statesync/v1/telemetry.pb-c.h"

// Swift can't take the address of a constant in C.
static inline const ProtobufCMessageDescriptor *google__protobuf__any__descriptor_address(void) {
  return &google__protobuf__any__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__protobuf__duration__descriptor_address(void) {
  return &google__protobuf__duration__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__protobuf__empty__descriptor_address(void) {
  return &google__protobuf__empty__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__protobuf__struct__descriptor_address(void) {
  return &google__protobuf__struct__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__protobuf__struct__fields_entry__descriptor_address(void) {
  return &google__protobuf__struct__fields_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__protobuf__value__descriptor_address(void) {
  return &google__protobuf__value__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__protobuf__list_value__descriptor_address(void) {
  return &google__protobuf__list_value__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__protobuf__timestamp__descriptor_address(void) {
  return &google__protobuf__timestamp__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__error_info__descriptor_address(void) {
  return &google__rpc__error_info__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__error_info__metadata_entry__descriptor_address(void) {
  return &google__rpc__error_info__metadata_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__retry_info__descriptor_address(void) {
  return &google__rpc__retry_info__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__debug_info__descriptor_address(void) {
  return &google__rpc__debug_info__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__quota_failure__descriptor_address(void) {
  return &google__rpc__quota_failure__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__quota_failure__violation__descriptor_address(void) {
  return &google__rpc__quota_failure__violation__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__quota_failure__violation__quota_dimensions_entry__descriptor_address(void) {
  return &google__rpc__quota_failure__violation__quota_dimensions_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__precondition_failure__descriptor_address(void) {
  return &google__rpc__precondition_failure__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__precondition_failure__violation__descriptor_address(void) {
  return &google__rpc__precondition_failure__violation__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__bad_request__descriptor_address(void) {
  return &google__rpc__bad_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__bad_request__field_violation__descriptor_address(void) {
  return &google__rpc__bad_request__field_violation__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__request_info__descriptor_address(void) {
  return &google__rpc__request_info__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__resource_info__descriptor_address(void) {
  return &google__rpc__resource_info__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__help__descriptor_address(void) {
  return &google__rpc__help__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__help__link__descriptor_address(void) {
  return &google__rpc__help__link__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__localized_message__descriptor_address(void) {
  return &google__rpc__localized_message__descriptor;
}
static inline const ProtobufCMessageDescriptor *google__rpc__status__descriptor_address(void) {
  return &google__rpc__status__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__health__v1__health_check_request__descriptor_address(void) {
  return &grpc__health__v1__health_check_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__health__v1__health_check_response__descriptor_address(void) {
  return &grpc__health__v1__health_check_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__health__v1__health_list_request__descriptor_address(void) {
  return &grpc__health__v1__health_list_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__health__v1__health_list_response__descriptor_address(void) {
  return &grpc__health__v1__health_list_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__health__v1__health_list_response__statuses_entry__descriptor_address(void) {
  return &grpc__health__v1__health_list_response__statuses_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__reflection__v1__server_reflection_request__descriptor_address(void) {
  return &grpc__reflection__v1__server_reflection_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__reflection__v1__extension_request__descriptor_address(void) {
  return &grpc__reflection__v1__extension_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__reflection__v1__server_reflection_response__descriptor_address(void) {
  return &grpc__reflection__v1__server_reflection_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__reflection__v1__file_descriptor_response__descriptor_address(void) {
  return &grpc__reflection__v1__file_descriptor_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__reflection__v1__extension_number_response__descriptor_address(void) {
  return &grpc__reflection__v1__extension_number_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__reflection__v1__list_service_response__descriptor_address(void) {
  return &grpc__reflection__v1__list_service_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__reflection__v1__service_response__descriptor_address(void) {
  return &grpc__reflection__v1__service_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__reflection__v1__error_response__descriptor_address(void) {
  return &grpc__reflection__v1__error_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__reflection__v1alpha__server_reflection_request__descriptor_address(void) {
  return &grpc__reflection__v1alpha__server_reflection_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__reflection__v1alpha__extension_request__descriptor_address(void) {
  return &grpc__reflection__v1alpha__extension_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__reflection__v1alpha__server_reflection_response__descriptor_address(void) {
  return &grpc__reflection__v1alpha__server_reflection_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__reflection__v1alpha__file_descriptor_response__descriptor_address(void) {
  return &grpc__reflection__v1alpha__file_descriptor_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__reflection__v1alpha__extension_number_response__descriptor_address(void) {
  return &grpc__reflection__v1alpha__extension_number_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__reflection__v1alpha__list_service_response__descriptor_address(void) {
  return &grpc__reflection__v1alpha__list_service_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__reflection__v1alpha__service_response__descriptor_address(void) {
  return &grpc__reflection__v1alpha__service_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *grpc__reflection__v1alpha__error_response__descriptor_address(void) {
  return &grpc__reflection__v1alpha__error_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__change_request__descriptor_address(void) {
  return &twin__common__v1__change_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__predicted_impact__descriptor_address(void) {
  return &twin__common__v1__predicted_impact__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__issue__descriptor_address(void) {
  return &twin__common__v1__issue__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__evidence__descriptor_address(void) {
  return &twin__common__v1__evidence__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__cost_impact__descriptor_address(void) {
  return &twin__common__v1__cost_impact__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__risk_factors__descriptor_address(void) {
  return &twin__common__v1__risk_factors__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__interval__descriptor_address(void) {
  return &twin__common__v1__interval__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__hours_window__descriptor_address(void) {
  return &twin__common__v1__hours_window__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__simulated_hours__descriptor_address(void) {
  return &twin__common__v1__simulated_hours__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__run_outcome__descriptor_address(void) {
  return &twin__common__v1__run_outcome__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__run_outcome__metrics_entry__descriptor_address(void) {
  return &twin__common__v1__run_outcome__metrics_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__run_outcome__model_versions_entry__descriptor_address(void) {
  return &twin__common__v1__run_outcome__model_versions_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__criterion__descriptor_address(void) {
  return &twin__common__v1__criterion__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__behaviour_analysis__descriptor_address(void) {
  return &twin__common__v1__behaviour_analysis__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__behaviour_analysis__reaction_times_sentry__descriptor_address(void) {
  return &twin__common__v1__behaviour_analysis__reaction_times_sentry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__decision__descriptor_address(void) {
  return &twin__common__v1__decision__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__risk_assessment__descriptor_address(void) {
  return &twin__common__v1__risk_assessment__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__proportion__descriptor_address(void) {
  return &twin__common__v1__proportion__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__variant_summary__descriptor_address(void) {
  return &twin__common__v1__variant_summary__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__variant_summary__metrics_entry__descriptor_address(void) {
  return &twin__common__v1__variant_summary__metrics_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__metric_summary__descriptor_address(void) {
  return &twin__common__v1__metric_summary__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__trace_row__descriptor_address(void) {
  return &twin__common__v1__trace_row__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__trace_row__extra_entry__descriptor_address(void) {
  return &twin__common__v1__trace_row__extra_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__parameter_spec__descriptor_address(void) {
  return &twin__common__v1__parameter_spec__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__parameter_range__descriptor_address(void) {
  return &twin__common__v1__parameter_range__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__telemetry_sample__descriptor_address(void) {
  return &twin__common__v1__telemetry_sample__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__sensor_sample__descriptor_address(void) {
  return &twin__common__v1__sensor_sample__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__detection__descriptor_address(void) {
  return &twin__common__v1__detection__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__environment_sample__descriptor_address(void) {
  return &twin__common__v1__environment_sample__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__operations_sample__descriptor_address(void) {
  return &twin__common__v1__operations_sample__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__vehicle_state__descriptor_address(void) {
  return &twin__common__v1__vehicle_state__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__position__descriptor_address(void) {
  return &twin__common__v1__position__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__sync_state__descriptor_address(void) {
  return &twin__common__v1__sync_state__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__divergence__descriptor_address(void) {
  return &twin__common__v1__divergence__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__learned_behaviour__descriptor_address(void) {
  return &twin__common__v1__learned_behaviour__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__predicted_state__descriptor_address(void) {
  return &twin__common__v1__predicted_state__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__common__v1__state_uncertainty__descriptor_address(void) {
  return &twin__common__v1__state_uncertainty__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__calibrate_twin_request__descriptor_address(void) {
  return &twin__engine__v1__calibrate_twin_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__following_sample__descriptor_address(void) {
  return &twin__engine__v1__following_sample__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__fuel_observation__descriptor_address(void) {
  return &twin__engine__v1__fuel_observation__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__calibration__descriptor_address(void) {
  return &twin__engine__v1__calibration__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__calibration__parameters_entry__descriptor_address(void) {
  return &twin__engine__v1__calibration__parameters_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__calibration__fit_entry__descriptor_address(void) {
  return &twin__engine__v1__calibration__fit_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__calibration__holdout_entry__descriptor_address(void) {
  return &twin__engine__v1__calibration__holdout_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__calibration__refused_entry__descriptor_address(void) {
  return &twin__engine__v1__calibration__refused_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__calibration__uses_entry__descriptor_address(void) {
  return &twin__engine__v1__calibration__uses_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__fitted_parameter__descriptor_address(void) {
  return &twin__engine__v1__fitted_parameter__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__get_calibration_request__descriptor_address(void) {
  return &twin__engine__v1__get_calibration_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__list_calibrations_request__descriptor_address(void) {
  return &twin__engine__v1__list_calibrations_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__list_calibrations_response__descriptor_address(void) {
  return &twin__engine__v1__list_calibrations_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__revert_calibration_request__descriptor_address(void) {
  return &twin__engine__v1__revert_calibration_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__revert_calibration_response__descriptor_address(void) {
  return &twin__engine__v1__revert_calibration_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__get_divergence_request__descriptor_address(void) {
  return &twin__engine__v1__get_divergence_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__divergence_report__descriptor_address(void) {
  return &twin__engine__v1__divergence_report__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__divergence_report__channels_entry__descriptor_address(void) {
  return &twin__engine__v1__divergence_report__channels_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__channel_divergence__descriptor_address(void) {
  return &twin__engine__v1__channel_divergence__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__get_validation_request__descriptor_address(void) {
  return &twin__engine__v1__get_validation_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__validation_report__descriptor_address(void) {
  return &twin__engine__v1__validation_report__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__validation_metric__descriptor_address(void) {
  return &twin__engine__v1__validation_metric__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__validation_metric__details_entry__descriptor_address(void) {
  return &twin__engine__v1__validation_metric__details_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__get_environment_snapshot_request__descriptor_address(void) {
  return &twin__engine__v1__get_environment_snapshot_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__environment_snapshot__descriptor_address(void) {
  return &twin__engine__v1__environment_snapshot__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__target_twin__descriptor_address(void) {
  return &twin__engine__v1__target_twin__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__calibrated_parameter__descriptor_address(void) {
  return &twin__engine__v1__calibrated_parameter__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__update_environment_request__descriptor_address(void) {
  return &twin__engine__v1__update_environment_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__update_environment_response__descriptor_address(void) {
  return &twin__engine__v1__update_environment_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__calibrate_environment_request__descriptor_address(void) {
  return &twin__engine__v1__calibrate_environment_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__calibrate_environment_response__descriptor_address(void) {
  return &twin__engine__v1__calibrate_environment_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__twin__descriptor_address(void) {
  return &twin__engine__v1__twin__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__create_twin_request__descriptor_address(void) {
  return &twin__engine__v1__create_twin_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__get_twin_request__descriptor_address(void) {
  return &twin__engine__v1__get_twin_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__list_twins_request__descriptor_address(void) {
  return &twin__engine__v1__list_twins_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__list_twins_response__descriptor_address(void) {
  return &twin__engine__v1__list_twins_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__delete_twin_request__descriptor_address(void) {
  return &twin__engine__v1__delete_twin_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__delete_twin_response__descriptor_address(void) {
  return &twin__engine__v1__delete_twin_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__resolve_twins_request__descriptor_address(void) {
  return &twin__engine__v1__resolve_twins_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__resolve_twins_response__descriptor_address(void) {
  return &twin__engine__v1__resolve_twins_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__resolve_twins_response__twin_ids_entry__descriptor_address(void) {
  return &twin__engine__v1__resolve_twins_response__twin_ids_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__watch_twins_request__descriptor_address(void) {
  return &twin__engine__v1__watch_twins_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__twin_update__descriptor_address(void) {
  return &twin__engine__v1__twin_update__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__twin_identity__descriptor_address(void) {
  return &twin__engine__v1__twin_identity__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__get_twin_state_request__descriptor_address(void) {
  return &twin__engine__v1__get_twin_state_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__watch_twin_states_request__descriptor_address(void) {
  return &twin__engine__v1__watch_twin_states_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__watch_twin_states_response__descriptor_address(void) {
  return &twin__engine__v1__watch_twin_states_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__get_twin_snapshot_request__descriptor_address(void) {
  return &twin__engine__v1__get_twin_snapshot_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__twin_snapshot__descriptor_address(void) {
  return &twin__engine__v1__twin_snapshot__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__list_model_types_request__descriptor_address(void) {
  return &twin__engine__v1__list_model_types_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__list_model_types_response__descriptor_address(void) {
  return &twin__engine__v1__list_model_types_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__get_model_type_request__descriptor_address(void) {
  return &twin__engine__v1__get_model_type_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__model_type__descriptor_address(void) {
  return &twin__engine__v1__model_type__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__sync_twins_request__descriptor_address(void) {
  return &twin__engine__v1__sync_twins_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__twin_samples__descriptor_address(void) {
  return &twin__engine__v1__twin_samples__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__sync_twins_response__descriptor_address(void) {
  return &twin__engine__v1__sync_twins_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__engine__v1__twin_home__descriptor_address(void) {
  return &twin__engine__v1__twin_home__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__check_change_request__descriptor_address(void) {
  return &twin__prediction__v1__check_change_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__check_change_response__descriptor_address(void) {
  return &twin__prediction__v1__check_change_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__check_change_response__prediction_intervals_entry__descriptor_address(void) {
  return &twin__prediction__v1__check_change_response__prediction_intervals_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__check_change_response__model_versions_entry__descriptor_address(void) {
  return &twin__prediction__v1__check_change_response__model_versions_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__review_admission_request__descriptor_address(void) {
  return &twin__prediction__v1__review_admission_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__review_admission_response__descriptor_address(void) {
  return &twin__prediction__v1__review_admission_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__approval__descriptor_address(void) {
  return &twin__prediction__v1__approval__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__list_approvals_request__descriptor_address(void) {
  return &twin__prediction__v1__list_approvals_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__list_approvals_response__descriptor_address(void) {
  return &twin__prediction__v1__list_approvals_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__get_approval_request__descriptor_address(void) {
  return &twin__prediction__v1__get_approval_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__approve_change_request__descriptor_address(void) {
  return &twin__prediction__v1__approve_change_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__reject_change_request__descriptor_address(void) {
  return &twin__prediction__v1__reject_change_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__predict_impact_request__descriptor_address(void) {
  return &twin__prediction__v1__predict_impact_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__predict_impact_response__descriptor_address(void) {
  return &twin__prediction__v1__predict_impact_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__predict_impact_response__prediction_intervals_entry__descriptor_address(void) {
  return &twin__prediction__v1__predict_impact_response__prediction_intervals_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__confidence__descriptor_address(void) {
  return &twin__prediction__v1__confidence__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__predict_performance_request__descriptor_address(void) {
  return &twin__prediction__v1__predict_performance_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__predict_performance_response__descriptor_address(void) {
  return &twin__prediction__v1__predict_performance_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__predict_performance_response__prediction_intervals_entry__descriptor_address(void) {
  return &twin__prediction__v1__predict_performance_response__prediction_intervals_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__predict_failures_request__descriptor_address(void) {
  return &twin__prediction__v1__predict_failures_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__predict_failures_response__descriptor_address(void) {
  return &twin__prediction__v1__predict_failures_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__predicted_failure__descriptor_address(void) {
  return &twin__prediction__v1__predicted_failure__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__list_models_request__descriptor_address(void) {
  return &twin__prediction__v1__list_models_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__list_models_response__descriptor_address(void) {
  return &twin__prediction__v1__list_models_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__model__descriptor_address(void) {
  return &twin__prediction__v1__model__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__record_actual_request__descriptor_address(void) {
  return &twin__prediction__v1__record_actual_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__record_actual_request__actuals_entry__descriptor_address(void) {
  return &twin__prediction__v1__record_actual_request__actuals_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__record_actual_response__descriptor_address(void) {
  return &twin__prediction__v1__record_actual_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__track_record__descriptor_address(void) {
  return &twin__prediction__v1__track_record__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__list_track_record_request__descriptor_address(void) {
  return &twin__prediction__v1__list_track_record_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__prediction__v1__list_track_record_response__descriptor_address(void) {
  return &twin__prediction__v1__list_track_record_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__audit_entry__descriptor_address(void) {
  return &twin__results__v1__audit_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__record_audit_request__descriptor_address(void) {
  return &twin__results__v1__record_audit_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__record_audit_response__descriptor_address(void) {
  return &twin__results__v1__record_audit_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__list_audit_request__descriptor_address(void) {
  return &twin__results__v1__list_audit_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__list_audit_response__descriptor_address(void) {
  return &twin__results__v1__list_audit_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__alert__descriptor_address(void) {
  return &twin__results__v1__alert__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__raise_alert_request__descriptor_address(void) {
  return &twin__results__v1__raise_alert_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__list_alerts_request__descriptor_address(void) {
  return &twin__results__v1__list_alerts_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__list_alerts_response__descriptor_address(void) {
  return &twin__results__v1__list_alerts_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__acknowledge_alert_request__descriptor_address(void) {
  return &twin__results__v1__acknowledge_alert_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__resolve_alert_request__descriptor_address(void) {
  return &twin__results__v1__resolve_alert_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__watch_alerts_request__descriptor_address(void) {
  return &twin__results__v1__watch_alerts_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__record_outcome_request__descriptor_address(void) {
  return &twin__results__v1__record_outcome_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__record_outcome_response__descriptor_address(void) {
  return &twin__results__v1__record_outcome_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__record_trace_request__descriptor_address(void) {
  return &twin__results__v1__record_trace_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__record_trace_response__descriptor_address(void) {
  return &twin__results__v1__record_trace_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__get_result_request__descriptor_address(void) {
  return &twin__results__v1__get_result_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__list_results_request__descriptor_address(void) {
  return &twin__results__v1__list_results_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__list_results_response__descriptor_address(void) {
  return &twin__results__v1__list_results_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__stream_trace_request__descriptor_address(void) {
  return &twin__results__v1__stream_trace_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__trace_chunk__descriptor_address(void) {
  return &twin__results__v1__trace_chunk__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__compare_runs_request__descriptor_address(void) {
  return &twin__results__v1__compare_runs_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__comparison__descriptor_address(void) {
  return &twin__results__v1__comparison__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__metric_comparison__descriptor_address(void) {
  return &twin__results__v1__metric_comparison__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__suite_run__descriptor_address(void) {
  return &twin__results__v1__suite_run__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__suite_run__coverage_entry__descriptor_address(void) {
  return &twin__results__v1__suite_run__coverage_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__suite_case_result__descriptor_address(void) {
  return &twin__results__v1__suite_case_result__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__record_suite_run_request__descriptor_address(void) {
  return &twin__results__v1__record_suite_run_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__record_suite_run_response__descriptor_address(void) {
  return &twin__results__v1__record_suite_run_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__get_suite_run_request__descriptor_address(void) {
  return &twin__results__v1__get_suite_run_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__list_suite_runs_request__descriptor_address(void) {
  return &twin__results__v1__list_suite_runs_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__list_suite_runs_response__descriptor_address(void) {
  return &twin__results__v1__list_suite_runs_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__set_baseline_request__descriptor_address(void) {
  return &twin__results__v1__set_baseline_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__set_baseline_response__descriptor_address(void) {
  return &twin__results__v1__set_baseline_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__dataset__descriptor_address(void) {
  return &twin__results__v1__dataset__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__dataset__model_versions_entry__descriptor_address(void) {
  return &twin__results__v1__dataset__model_versions_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__dataset_file__descriptor_address(void) {
  return &twin__results__v1__dataset_file__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__record_dataset_request__descriptor_address(void) {
  return &twin__results__v1__record_dataset_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__record_dataset_response__descriptor_address(void) {
  return &twin__results__v1__record_dataset_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__write_dataset_file_request__descriptor_address(void) {
  return &twin__results__v1__write_dataset_file_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__write_dataset_file_response__descriptor_address(void) {
  return &twin__results__v1__write_dataset_file_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__get_dataset_request__descriptor_address(void) {
  return &twin__results__v1__get_dataset_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__list_datasets_request__descriptor_address(void) {
  return &twin__results__v1__list_datasets_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__list_datasets_response__descriptor_address(void) {
  return &twin__results__v1__list_datasets_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__read_dataset_file_request__descriptor_address(void) {
  return &twin__results__v1__read_dataset_file_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__read_dataset_file_response__descriptor_address(void) {
  return &twin__results__v1__read_dataset_file_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__delete_dataset_request__descriptor_address(void) {
  return &twin__results__v1__delete_dataset_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__results__v1__delete_dataset_response__descriptor_address(void) {
  return &twin__results__v1__delete_dataset_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__change_simulation__descriptor_address(void) {
  return &twin__scenario__v1__change_simulation__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__change_outcome__descriptor_address(void) {
  return &twin__scenario__v1__change_outcome__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__change_outcome__model_versions_entry__descriptor_address(void) {
  return &twin__scenario__v1__change_outcome__model_versions_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__change_sample__descriptor_address(void) {
  return &twin__scenario__v1__change_sample__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__change_sample__metrics_entry__descriptor_address(void) {
  return &twin__scenario__v1__change_sample__metrics_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__create_change_simulation_request__descriptor_address(void) {
  return &twin__scenario__v1__create_change_simulation_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__run_change_simulation_request__descriptor_address(void) {
  return &twin__scenario__v1__run_change_simulation_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__get_change_simulation_request__descriptor_address(void) {
  return &twin__scenario__v1__get_change_simulation_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__list_change_simulations_request__descriptor_address(void) {
  return &twin__scenario__v1__list_change_simulations_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__list_change_simulations_response__descriptor_address(void) {
  return &twin__scenario__v1__list_change_simulations_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__delete_change_simulation_request__descriptor_address(void) {
  return &twin__scenario__v1__delete_change_simulation_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__delete_change_simulation_response__descriptor_address(void) {
  return &twin__scenario__v1__delete_change_simulation_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__attach_impact_request__descriptor_address(void) {
  return &twin__scenario__v1__attach_impact_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__drive_ego_request__descriptor_address(void) {
  return &twin__scenario__v1__drive_ego_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__ego_attach__descriptor_address(void) {
  return &twin__scenario__v1__ego_attach__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__ego_control__descriptor_address(void) {
  return &twin__scenario__v1__ego_control__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__drive_ego_response__descriptor_address(void) {
  return &twin__scenario__v1__drive_ego_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__ego_attached__descriptor_address(void) {
  return &twin__scenario__v1__ego_attached__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__ego_observation__descriptor_address(void) {
  return &twin__scenario__v1__ego_observation__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__observed_actor__descriptor_address(void) {
  return &twin__scenario__v1__observed_actor__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__lane_point__descriptor_address(void) {
  return &twin__scenario__v1__lane_point__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__observed_signal__descriptor_address(void) {
  return &twin__scenario__v1__observed_signal__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__ego_end__descriptor_address(void) {
  return &twin__scenario__v1__ego_end__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__scenario__descriptor_address(void) {
  return &twin__scenario__v1__scenario__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__create_scenario_request__descriptor_address(void) {
  return &twin__scenario__v1__create_scenario_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__get_scenario_request__descriptor_address(void) {
  return &twin__scenario__v1__get_scenario_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__list_scenarios_request__descriptor_address(void) {
  return &twin__scenario__v1__list_scenarios_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__list_scenarios_response__descriptor_address(void) {
  return &twin__scenario__v1__list_scenarios_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__delete_scenario_request__descriptor_address(void) {
  return &twin__scenario__v1__delete_scenario_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__delete_scenario_response__descriptor_address(void) {
  return &twin__scenario__v1__delete_scenario_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__list_scenario_types_request__descriptor_address(void) {
  return &twin__scenario__v1__list_scenario_types_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__list_scenario_types_response__descriptor_address(void) {
  return &twin__scenario__v1__list_scenario_types_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__get_scenario_type_request__descriptor_address(void) {
  return &twin__scenario__v1__get_scenario_type_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__scenario_type__descriptor_address(void) {
  return &twin__scenario__v1__scenario_type__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__criterion_spec__descriptor_address(void) {
  return &twin__scenario__v1__criterion_spec__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__simulation__descriptor_address(void) {
  return &twin__scenario__v1__simulation__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__run_simulation_request__descriptor_address(void) {
  return &twin__scenario__v1__run_simulation_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__sweep__descriptor_address(void) {
  return &twin__scenario__v1__sweep__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__sweep__parameters_entry__descriptor_address(void) {
  return &twin__scenario__v1__sweep__parameters_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__sweep_axis__descriptor_address(void) {
  return &twin__scenario__v1__sweep_axis__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__get_simulation_request__descriptor_address(void) {
  return &twin__scenario__v1__get_simulation_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__list_simulations_request__descriptor_address(void) {
  return &twin__scenario__v1__list_simulations_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__list_simulations_response__descriptor_address(void) {
  return &twin__scenario__v1__list_simulations_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__cancel_simulation_request__descriptor_address(void) {
  return &twin__scenario__v1__cancel_simulation_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__watch_simulations_request__descriptor_address(void) {
  return &twin__scenario__v1__watch_simulations_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__simulation_progress__descriptor_address(void) {
  return &twin__scenario__v1__simulation_progress__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__list_suites_request__descriptor_address(void) {
  return &twin__scenario__v1__list_suites_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__list_suites_response__descriptor_address(void) {
  return &twin__scenario__v1__list_suites_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__suite__descriptor_address(void) {
  return &twin__scenario__v1__suite__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__suite_case__descriptor_address(void) {
  return &twin__scenario__v1__suite_case__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__run_suite_request__descriptor_address(void) {
  return &twin__scenario__v1__run_suite_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__run_suite_response__descriptor_address(void) {
  return &twin__scenario__v1__run_suite_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__cancel_suite_request__descriptor_address(void) {
  return &twin__scenario__v1__cancel_suite_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__cancel_suite_response__descriptor_address(void) {
  return &twin__scenario__v1__cancel_suite_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__create_dataset_request__descriptor_address(void) {
  return &twin__scenario__v1__create_dataset_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__create_dataset_response__descriptor_address(void) {
  return &twin__scenario__v1__create_dataset_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__cancel_dataset_request__descriptor_address(void) {
  return &twin__scenario__v1__cancel_dataset_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__scenario__v1__cancel_dataset_response__descriptor_address(void) {
  return &twin__scenario__v1__cancel_dataset_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__environment__descriptor_address(void) {
  return &twin__statesync__v1__environment__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__source__descriptor_address(void) {
  return &twin__statesync__v1__source__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__target__descriptor_address(void) {
  return &twin__statesync__v1__target__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__create_environment_request__descriptor_address(void) {
  return &twin__statesync__v1__create_environment_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__get_environment_request__descriptor_address(void) {
  return &twin__statesync__v1__get_environment_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__list_environments_request__descriptor_address(void) {
  return &twin__statesync__v1__list_environments_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__list_environments_response__descriptor_address(void) {
  return &twin__statesync__v1__list_environments_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__delete_environment_request__descriptor_address(void) {
  return &twin__statesync__v1__delete_environment_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__delete_environment_response__descriptor_address(void) {
  return &twin__statesync__v1__delete_environment_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__sync_environment_request__descriptor_address(void) {
  return &twin__statesync__v1__sync_environment_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__sync_environment_request__targets_entry__descriptor_address(void) {
  return &twin__statesync__v1__sync_environment_request__targets_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__inline_target__descriptor_address(void) {
  return &twin__statesync__v1__inline_target__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__sync_environment_response__descriptor_address(void) {
  return &twin__statesync__v1__sync_environment_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__drift__descriptor_address(void) {
  return &twin__statesync__v1__drift__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__source_result__descriptor_address(void) {
  return &twin__statesync__v1__source_result__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__get_target_request__descriptor_address(void) {
  return &twin__statesync__v1__get_target_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__list_targets_request__descriptor_address(void) {
  return &twin__statesync__v1__list_targets_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__list_targets_response__descriptor_address(void) {
  return &twin__statesync__v1__list_targets_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__list_metrics_request__descriptor_address(void) {
  return &twin__statesync__v1__list_metrics_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__list_metrics_response__descriptor_address(void) {
  return &twin__statesync__v1__list_metrics_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__metric_series__descriptor_address(void) {
  return &twin__statesync__v1__metric_series__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__metric_series__labels_entry__descriptor_address(void) {
  return &twin__statesync__v1__metric_series__labels_entry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__metric_point__descriptor_address(void) {
  return &twin__statesync__v1__metric_point__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__push_metrics_request__descriptor_address(void) {
  return &twin__statesync__v1__push_metrics_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__push_metrics_response__descriptor_address(void) {
  return &twin__statesync__v1__push_metrics_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__watch_environments_request__descriptor_address(void) {
  return &twin__statesync__v1__watch_environments_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__environment_update__descriptor_address(void) {
  return &twin__statesync__v1__environment_update__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__get_history_request__descriptor_address(void) {
  return &twin__statesync__v1__get_history_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__get_history_response__descriptor_address(void) {
  return &twin__statesync__v1__get_history_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__list_observations_request__descriptor_address(void) {
  return &twin__statesync__v1__list_observations_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__list_observations_response__descriptor_address(void) {
  return &twin__statesync__v1__list_observations_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__observation__descriptor_address(void) {
  return &twin__statesync__v1__observation__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__subscribe_fleet_request__descriptor_address(void) {
  return &twin__statesync__v1__subscribe_fleet_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__fleet_update__descriptor_address(void) {
  return &twin__statesync__v1__fleet_update__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__get_sync_report_request__descriptor_address(void) {
  return &twin__statesync__v1__get_sync_report_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__sync_report__descriptor_address(void) {
  return &twin__statesync__v1__sync_report__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__source_report__descriptor_address(void) {
  return &twin__statesync__v1__source_report__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__stream_telemetry_request__descriptor_address(void) {
  return &twin__statesync__v1__stream_telemetry_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__ack_echo__descriptor_address(void) {
  return &twin__statesync__v1__ack_echo__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__stream_telemetry_response__descriptor_address(void) {
  return &twin__statesync__v1__stream_telemetry_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__refused_batch__descriptor_address(void) {
  return &twin__statesync__v1__refused_batch__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__telemetry_ack__descriptor_address(void) {
  return &twin__statesync__v1__telemetry_ack__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__rejected_sample__descriptor_address(void) {
  return &twin__statesync__v1__rejected_sample__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__virtual_telemetry__descriptor_address(void) {
  return &twin__statesync__v1__virtual_telemetry__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__push_telemetry_request__descriptor_address(void) {
  return &twin__statesync__v1__push_telemetry_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__push_telemetry_response__descriptor_address(void) {
  return &twin__statesync__v1__push_telemetry_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__upload_telemetry_request__descriptor_address(void) {
  return &twin__statesync__v1__upload_telemetry_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__upload_header__descriptor_address(void) {
  return &twin__statesync__v1__upload_header__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__upload__descriptor_address(void) {
  return &twin__statesync__v1__upload__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__get_upload_request__descriptor_address(void) {
  return &twin__statesync__v1__get_upload_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__list_upload_rejections_request__descriptor_address(void) {
  return &twin__statesync__v1__list_upload_rejections_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__list_upload_rejections_response__descriptor_address(void) {
  return &twin__statesync__v1__list_upload_rejections_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__event__descriptor_address(void) {
  return &twin__statesync__v1__event__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__publish_events_request__descriptor_address(void) {
  return &twin__statesync__v1__publish_events_request__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__publish_events_response__descriptor_address(void) {
  return &twin__statesync__v1__publish_events_response__descriptor;
}
static inline const ProtobufCMessageDescriptor *twin__statesync__v1__rejected_event__descriptor_address(void) {
  return &twin__statesync__v1__rejected_event__descriptor;
}

#endif
