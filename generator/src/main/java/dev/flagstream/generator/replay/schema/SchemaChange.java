package dev.flagstream.generator.replay.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a further file means for a stream.
 *
 * @param result the stream with the columns that the file adds, at its end
 * @param added the names of those columns
 * @param missing the names of columns that the file does not have: NULL in its rows
 */
public record SchemaChange(StreamDefinition result, List<String> added, List<String> missing) {

  public SchemaChange {
    added = List.copyOf(added);
    missing = List.copyOf(missing);
  }

  /**
   * Fits a file into a stream. ksqlDB lets a stream only grow at its end: no column changes its
   * type or goes away, so a file may lack columns, but not change them.
   *
   * @param stream as it is
   * @param origin for messages: where its columns come from
   * @param file what the file alone would make
   * @param fileName for messages
   * @param empty names of the file's columns that hold nothing, and so fit any type
   * @throws SchemaConflictException if a column or the key would change
   */
  public static SchemaChange of(
      StreamDefinition stream,
      String origin,
      StreamDefinition file,
      String fileName,
      Set<String> empty) {
    checkKey(stream, origin, file, fileName);
    List<StreamColumn> columns = new ArrayList<>(stream.columns());
    List<String> added = new ArrayList<>();
    for (StreamColumn column : file.columns()) {
      Optional<StreamColumn> existing = stream.column(column.name());
      if (existing.isEmpty()) {
        columns.add(column);
        added.add(column.name());
      } else if (!empty.contains(column.name()) && !existing.get().type().holds(column.type())) {
        throw new SchemaConflictException(
            "column %s is %s in %s, but %s in %s: a stream's column cannot change its type. Give --type '%s=%s' if its values may be that, or another --stream and --topic"
                .formatted(
                    column.name(),
                    column.type(),
                    fileName,
                    existing.get().type(),
                    origin,
                    column.name(),
                    existing.get().type()));
      }
    }
    List<String> missing =
        stream.columns().stream()
            .map(StreamColumn::name)
            .filter(name -> file.column(name).isEmpty())
            .toList();
    return new SchemaChange(stream.withColumns(columns), added, missing);
  }

  private static void checkKey(
      StreamDefinition stream, String origin, StreamDefinition file, String fileName) {
    String before = textOf(stream.key());
    String after = textOf(file.key());
    boolean same =
        stream.key().isPresent() == file.key().isPresent()
            && stream
                .key()
                .map(
                    key ->
                        key.isNamed(file.key().get().name())
                            && key.type().holds(file.key().get().type()))
                .orElse(true);
    if (!same) {
      throw new SchemaConflictException(
          "the key is %s in %s, but %s in %s: a stream's key cannot change. Give the same --key, or another --stream and --topic"
              .formatted(after, fileName, before, origin));
    }
  }

  private static String textOf(Optional<StreamColumn> key) {
    return key.map(column -> column.name() + " " + column.type()).orElse("no column");
  }
}
