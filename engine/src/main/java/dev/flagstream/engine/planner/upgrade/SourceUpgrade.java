package dev.flagstream.engine.planner.upgrade;

import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.planner.with.SchemaRules;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a replacement of a stream or table may not change, since queries rely on it: its topic, the
 * formats in it, its event time, its key and the columns it has. Columns may be added at the end.
 */
public final class SourceUpgrade {

  private SourceUpgrade() {}

  /** What is different and may not be, in ksqlDB's words. */
  public static List<String> differences(Source old, Source replacement) {
    List<String> reasons = new ArrayList<>();
    unlike(old, "topic", topic(old), topic(replacement)).ifPresent(reasons::add);
    unlike(old, "timestampColumn", timestamp(old), timestamp(replacement)).ifPresent(reasons::add);
    schemaProblem(old.schema(), replacement.schema())
        .map(
            problem ->
                notUpgradable(
                        old, "schema", old.schema().toString(), replacement.schema().toString())
                    + ". ("
                    + problem
                    + ")")
        .ifPresent(reasons::add);
    return reasons;
  }

  private static Optional<String> unlike(Source old, String what, String before, String after) {
    return before.equals(after)
        ? Optional.empty()
        : Optional.of(notUpgradable(old, what, before, after));
  }

  private static String notUpgradable(Source old, String what, String before, String after) {
    return "DataSource '`%s`' has %s = %s which is not upgradeable to %s"
        .formatted(old.name(), what, before, after);
  }

  // ------------------------------------------------------------------------------------- the topic

  private static String topic(Source source) {
    return "KsqlTopic{kafkaTopicName='"
        + source.topic()
        + "', keyFormat=KeyFormat{format="
        + SchemaRules.formatInfo(source.keyFormat())
        + ", features="
        + keyFeatures(source)
        + ", window="
        + source.window().map(SourceUpgrade::window)
        + "}, valueFormat=ValueFormat{format="
        + SchemaRules.formatInfo(source.valueFormat())
        + ", features="
        + source
            .valueFormat()
            .wrapSingle()
            .map(wrap -> wrap ? "[WRAP_SINGLES]" : "[UNWRAP_SINGLES]")
            .orElse("[]")
        + "}}";
  }

  private static String keyFeatures(Source source) {
    boolean bare =
        source.keyFormat().kind() == Format.Kind.JSON && source.schema().key().size() == 1;
    return bare ? "[UNWRAP_SINGLES]" : "[]";
  }

  private static String window(Source.WindowInfo window) {
    return "WindowInfo{type="
        + window.kind()
        + ", size="
        + window.size()
        + ", emitStrategy=Optional.empty}";
  }

  private static String timestamp(Source source) {
    return source
        .timestamp()
        .map(
            column ->
                "Optional[TimestampColumn{column=`"
                    + column.column()
                    + "`, format="
                    + column.format()
                    + "}]")
        .orElse("Optional.empty");
  }

  // ------------------------------------------------------------------------------------ the schema

  private static Optional<String> schemaProblem(RowSchema before, RowSchema after) {
    if (!shown(before.key()).equals(shown(after.key()))) {
      return Optional.of(
          "Key columns must be identical. The following key columns are changed, missing or"
              + " reordered: "
              + changed(shown(before.key()), shown(after.key())));
    }
    List<String> changed = changed(shown(before.value()), shown(after.value()));
    return changed.isEmpty()
        ? Optional.empty()
        : Optional.of("The following columns are changed, missing or reordered: " + changed);
  }

  private static List<String> changed(List<String> before, List<String> after) {
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      if (i >= after.size() || !after.get(i).equals(before.get(i))) {
        changed.add(before.get(i));
      }
    }
    return changed;
  }

  private static List<String> shown(List<Column> columns) {
    return columns.stream().map(Column::toString).toList();
  }
}
