package dev.flagstream.engine.topology.row;

import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.Source.WindowInfo;
import dev.flagstream.engine.catalog.Source.WindowKind;
import dev.flagstream.engine.format.ColumnLayout;
import dev.flagstream.engine.format.RowFormats;
import dev.flagstream.engine.format.RowReader;
import dev.flagstream.engine.format.RowSerde;
import dev.flagstream.engine.type.Column;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.kstream.Window;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.kstream.WindowedSerdes;

/**
 * What the keys between two steps are: the key columns ({@code Object[]}), or these inside a {@link
 * Windowed}. Kafka Streams sees both as {@code Object}, so that one set of builders serves both.
 */
public record KeyKind(Optional<WindowInfo> window) {

  /** Keys that carry no window. */
  public static final KeyKind PLAIN = new KeyKind(Optional.empty());

  public static KeyKind of(WindowInfo window) {
    return new KeyKind(Optional.of(window));
  }

  public boolean isWindowed() {
    return window.isPresent();
  }

  /** The key's columns; null where there is no key. */
  public static Object[] columns(Object key) {
    if (key instanceof Windowed<?> windowed) {
      return columns(windowed.key());
    }
    return key instanceof ComparableKey comparable ? comparable.columns() : (Object[]) key;
  }

  /** The key's window. */
  public static Window window(Object key) {
    return ((Windowed<?>) key).window();
  }

  /** Keys of topics and stores of our own, in the format that a reader of them expects. */
  public Serde<Object> serde(Format format, List<Column> columns) {
    return serde(new RowSerde(reader(format, columns), RowFormats.keyWriter(format, columns)));
  }

  /** DELIMITED writes a key of one column that is NULL as nothing, and reads nothing of that. */
  private static RowReader reader(Format format, List<Column> columns) {
    RowReader reader = RowFormats.keyReader(format, ColumnLayout.all(columns));
    return format.kind() == Format.Kind.DELIMITED && columns.size() == 1
        ? bytes -> bytes.length == 0 ? new Object[1] : reader.read(bytes)
        : reader;
  }

  /** As {@link #serde(Format, List)}, for key columns that are read and written this way. */
  public Serde<Object> serde(Serde<Object[]> columns) {
    return window.map(info -> windowed(info, columns)).orElseGet(() -> plain(columns));
  }

  private static Serde<Object> plain(Serde<Object[]> columns) {
    Serializer<Object[]> serializer = columns.serializer();
    Deserializer<Object[]> deserializer = columns.deserializer();
    return Serdes.serdeFrom(
        (topic, key) -> serializer.serialize(topic, columns(key)), deserializer::deserialize);
  }

  private static Serde<Object> windowed(WindowInfo info, Serde<Object[]> keys) {
    Serde<Object[]> columns = neverNothing(keys);
    if (info.kind() == WindowKind.SESSION) {
      return asObjects(new WindowedSerdes.SessionWindowedSerde<>(columns));
    }
    long sizeMs = info.size().orElseThrow().toMillis();
    return asObjects(new WindowedSerdes.TimeWindowedSerde<>(columns, sizeMs));
  }

  /** A window stands behind the bytes of a key, so there have to be some. */
  private static Serde<Object[]> neverNothing(Serde<Object[]> columns) {
    Serializer<Object[]> serializer = columns.serializer();
    return Serdes.serdeFrom(
        (topic, key) -> {
          byte[] bytes = serializer.serialize(topic, key);
          if (bytes == null) {
            throw new SerializationException(
                "The key of a row in a window is NULL, and its format has no bytes for that.");
          }
          return bytes;
        },
        columns.deserializer());
  }

  @SuppressWarnings("unchecked") // The topology's keys are Objects; each part knows which they are.
  private static <T> Serde<Object> asObjects(Serde<T> serde) {
    return (Serde<Object>) (Serde<?>) Serdes.serdeFrom(serde.serializer(), serde.deserializer());
  }
}
