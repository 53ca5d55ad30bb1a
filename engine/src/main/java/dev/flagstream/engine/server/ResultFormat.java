package dev.flagstream.engine.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.flagstream.engine.statement.entity.EntityJson;
import dev.flagstream.engine.statement.entity.ErrorMessage;
import dev.flagstream.engine.statement.request.QueryAnswer.ResultColumn;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How the rows of a query are written into the body of the answer; one instance per answer. */
abstract class ResultFormat {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          // As DoubleText has it.
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private List<ResultColumn> columns = List.of();

  /**
   * The format for a content type.
   *
   * @param endsWithMessage whether the answer says at its end why it ends, as that of a push query
   *     does
   */
  static ResultFormat of(String mediaType, boolean endsWithMessage) {
    return switch (mediaType) {
      case MediaTypes.KSQL_V1_JSON -> endsWithMessage ? new StreamedObjects() : new ObjectArray();
      case MediaTypes.PROTOBUF -> endsWithMessage ? new StreamedProtobuf() : new GatheredProtobuf();
      case MediaTypes.JSON -> new PlainArray();
      default -> new Lines();
    };
  }

  /** The content type of the answer. */
  abstract String contentType();

  /** What comes first. */
  final Buffer header(String queryId, List<ResultColumn> resultColumns) {
    columns = List.copyOf(resultColumns);
    return header(queryId);
  }

  abstract Buffer header(String queryId);

  /** One row; {@code values} pair up with the columns. */
  abstract Buffer row(Object[] values);

  /** What tells that a row of a table is gone: nothing, in formats that have no words for it. */
  Buffer deletedRow(Object[] values) {
    return Buffer.buffer();
  }

  /** An error after the header has been sent, and the end of what was begun with it. */
  abstract Buffer error(ErrorMessage error);

  /** What comes last, as chunks. */
  abstract List<Buffer> end(String message);

  /** Whether rows may be gathered into one chunk, because all are there at once. */
  boolean gathersRows() {
    return false;
  }

  final List<ResultColumn> columns() {
    return columns;
  }

  final void writeValues(JsonGenerator json, Object[] values) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < values.length; i++) {
      SqlValueJson.write(json, values[i], columns.get(i).type());
    }
    json.writeEndArray();
  }

  final Buffer columnsObject(String queryId) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("queryId", queryId);
    header.put("columnNames", columns.stream().map(ResultColumn::name).toList());
    header.put("columnTypes", columns.stream().map(c -> c.type().toString()).toList());
    return Buffer.buffer(EntityJson.write(header));
  }

  private static Buffer json(String before, JsonBody body, String after) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      body.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException("A row cannot be written as JSON", e);
    }
    return Buffer.buffer(before).appendBytes(bytes.toByteArray()).appendString(after);
  }

  private interface JsonBody {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /** {@code application/vnd.ksqlapi.delimited.v1}: one JSON value a line, columns first. */
  private static final class Lines extends ResultFormat {
    @Override
    String contentType() {
      return MediaTypes.DELIMITED;
    }

    @Override
    Buffer header(String queryId) {
      return columnsObject(queryId).appendString("\n");
    }

    @Override
    Buffer row(Object[] values) {
      return json("", json -> writeValues(json, values), "\n");
    }

    @Override
    Buffer error(ErrorMessage error) {
      return Buffer.buffer(EntityJson.write(error)).appendString("\n");
    }

    @Override
    List<Buffer> end(String message) {
      return List.of();
    }
  }

  /** {@code application/json} of /query-stream: one array of columns and rows. */
  private static final class PlainArray extends ResultFormat {
    @Override
    String contentType() {
      return MediaTypes.JSON;
    }

    @Override
    Buffer header(String queryId) {
      return Buffer.buffer("[").appendBuffer(columnsObject(queryId));
    }

    @Override
    Buffer row(Object[] values) {
      return json(",", json -> writeValues(json, values), "");
    }

    @Override
    Buffer error(ErrorMessage error) {
      return Buffer.buffer(",").appendBytes(EntityJson.write(error)).appendString("]");
    }

    @Override
    List<Buffer> end(String message) {
      return List.of(Buffer.buffer("]"));
    }
  }

  /** {@code application/vnd.ksql.v1+json}: an array of objects that say what they are. */
  private static class ObjectArray extends ResultFormat {
    @Override
    String contentType() {
      return MediaTypes.KSQL_V1_JSON;
    }

    @Override
    boolean gathersRows() {
      return true;
    }

    @Override
    Buffer header(String queryId) {
      return Buffer.buffer("[").appendBuffer(headerObject(queryId));
    }

    @Override
    Buffer row(Object[] values) {
      return Buffer.buffer(",\n").appendBuffer(rowObject(values));
    }

    @Override
    Buffer error(ErrorMessage error) {
      return Buffer.buffer(",\n").appendBuffer(errorObject(error)).appendString("]");
    }

    @Override
    List<Buffer> end(String message) {
      return List.of(Buffer.buffer("]"));
    }

    Buffer headerObject(String queryId) {
      return json(
          "{\"header\":",
          json -> {
            json.writeStartObject();
            json.writeStringField("queryId", queryId);
            json.writeStringField("schema", schema());
            json.writeEndObject();
          },
          "}");
    }

    final String schema() {
      return columns().stream().map(ResultColumn::toString).collect(Collectors.joining(", "));
    }

    Buffer rowObject(Object[] values) {
      return json("{\"row\":{\"columns\":", json -> writeValues(json, values), "}}");
    }

    static Buffer errorObject(ErrorMessage error) {
      return Buffer.buffer("{\"errorMessage\":")
          .appendBytes(EntityJson.write(error))
          .appendString("}");
    }
  }

  /**
   * The same where rows come one by one: each chunk ends its line, so that a client that reads
   * lines sees a row at once; the last object says why the result ends.
   */
  private static class StreamedObjects extends ObjectArray {
    @Override
    boolean gathersRows() {
      return false;
    }

    @Override
    Buffer header(String queryId) {
      return super.header(queryId).appendString(",\n");
    }

    @Override
    Buffer row(Object[] values) {
      return rowObject(values).appendString(",\n");
    }

    @Override
    Buffer deletedRow(Object[] values) {
      return json(
          "{\"row\":{\"columns\":", json -> writeValues(json, values), ",\"tombstone\":true}},\n");
    }

    @Override
    Buffer error(ErrorMessage error) {
      return errorObject(error).appendString("]");
    }

    @Override
    List<Buffer> end(String message) {
      Buffer last = json("{\"finalMessage\":", json -> json.writeString(message), "}");
      return List.of(last, Buffer.buffer("]"));
    }
  }

  /**
   * {@code application/vnd.ksql.v1+protobuf}: objects as above whose rows are protocol buffers, in
   * Base64; the header has their schema.
   */
  private static class StreamedProtobuf extends StreamedObjects {
    private ProtobufRows rows;

    @Override
    String contentType() {
      return MediaTypes.PROTOBUF;
    }

    @Override
    Buffer headerObject(String queryId) {
      rows = new ProtobufRows(columns());
      return json(
          "{\"header\":",
          json -> {
            json.writeStartObject();
            json.writeStringField("queryId", queryId);
            json.writeStringField("schema", schema());
            json.writeStringField("protoSchema", rows.schema());
            json.writeEndObject();
          },
          "}");
    }

    @Override
    Buffer rowObject(Object[] values) {
      return json(
          "{\"row\":{\"protobufBytes\":", json -> json.writeBinary(rows.write(values)), "}}");
    }
  }

  /** The same without a message at its end: a part goes out once it is known whether it is last. */
  private static final class GatheredProtobuf extends StreamedProtobuf {
    private Buffer last;

    @Override
    Buffer header(String queryId) {
      last = Buffer.buffer("[").appendBuffer(headerObject(queryId));
      return Buffer.buffer();
    }

    @Override
    Buffer row(Object[] values) {
      return replaceLast(rowObject(values));
    }

    @Override
    Buffer error(ErrorMessage error) {
      return replaceLast(errorObject(error)).appendBuffer(last).appendString("]");
    }

    private Buffer replaceLast(Buffer part) {
      Buffer before = last.appendString(",\n");
      last = part;
      return before;
    }

    @Override
    List<Buffer> end(String message) {
      return List.of(last.appendString("]"));
    }
  }
}
