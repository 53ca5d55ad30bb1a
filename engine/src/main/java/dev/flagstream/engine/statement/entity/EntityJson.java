package dev.flagstream.engine.statement.entity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** Writes answers as JSON. */
public final class EntityJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          // As DoubleText has it.
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
          .build();

  private EntityJson() {}

  /** The body of an answer to {@code /ksql}. */
  public static byte[] write(List<Entity> entities) {
    try {
      // Without the declared type, erasure would lose the elements' @type.
      return MAPPER.writerFor(new TypeReference<List<Entity>>() {}).writeValueAsBytes(entities);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer cannot be written as JSON", e);
    }
  }

  /** The body of any other answer. */
  public static byte[] write(Object body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer cannot be written as JSON", e);
    }
  }
}
