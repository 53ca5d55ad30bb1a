package dev.flagstream.engine.server;

/** The content types of ksqlDB's REST API. */
final class MediaTypes {

  static final String JSON = "application/json";
  static final String KSQL_V1_JSON = "application/vnd.ksql.v1+json";
  static final String PROTOBUF = "application/vnd.ksql.v1+protobuf";
  static final String DELIMITED = "application/vnd.ksqlapi.delimited.v1";

  private MediaTypes() {}
}
