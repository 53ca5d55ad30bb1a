package dev.flagstream.generator.replay;

import dev.flagstream.generator.replay.csv.CsvFormatException;
import dev.flagstream.generator.replay.csv.CsvRows;
import dev.flagstream.generator.replay.csv.RejectedRows;
import dev.flagstream.generator.replay.schema.FileSchema;
import dev.flagstream.generator.replay.schema.SchemaChange;
import dev.flagstream.generator.replay.schema.StreamDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Files of any kind, whose rows become rows of a stream of their own.
 *
 * <p>All files are looked at, and fitted together, before anything is sent: a file that does not
 * fit is refused while nothing has happened.
 */
final class RowFiles implements ReplayFiles {

  private final ReplayOptions options;
  private final RowOptions rowOptions;
  private final RejectsFile rejects;
  private final Consumer<String> say;
  private final FileTally tally;
  private final List<Step> steps = new ArrayList<>();

  /**
   * What is to be done with one file.
   *
   * @param stream as it must be for the file's rows
   * @param statement makes the stream so; empty if it is so already
   */
  private record Step(RowPlan plan, StreamDefinition stream, Optional<String> statement) {}

  RowFiles(
      ReplayOptions options, RowOptions rowOptions, RejectsFile rejects, Consumer<String> say) {
    this.options = options;
    this.rowOptions = rowOptions;
    this.rejects = rejects;
    this.say = say;
    this.tally = new FileTally(options.files());
  }

  @Override
  public void prepare(BooleanSupplier stopped) {
    StreamDefinition stream = null;
    String origin = null;
    if (options.apply() && !options.dryRun()) {
      stream = new ServerStreams(options.sqlServer()).find(rowOptions.stream()).orElse(null);
      origin = "the stream " + rowOptions.stream() + " on the server";
      checkTopic(stream);
    }
    for (Path file : options.files()) {
      RowPlan plan = look(file, stopped);
      if (stopped.getAsBoolean()) {
        return;
      }
      if (plan.schema().rows() == 0) {
        rejectAll(file);
        continue;
      }
      Step step = stream == null ? first(plan) : further(stream, origin, plan);
      steps.add(step);
      origin = stream == null ? file.toString() : origin;
      stream = step.stream();
    }
    checkTypes();
    steps.forEach(this::describe);
    tally.bytes().startAgain();
  }

  @Override
  public void sendAll(Replay replay) throws InterruptedException {
    for (Step step : steps) {
      if (replay.isStopped()) {
        return;
      }
      apply(step);
      Path file = step.plan().file();
      try (ReplaySource source =
          FileRows.open(step.plan(), step.stream(), options.dialect(), rejects.of(file))) {
        tally.send(file, source, replay);
      }
    }
  }

  @Override
  public String topic() {
    return rowOptions.topic();
  }

  @Override
  public boolean haveLabels() {
    return rowOptions.label().isPresent();
  }

  @Override
  public String description() {
    return "the rows of "
        + String.join(", ", options.files().stream().map(Path::toString).toList());
  }

  @Override
  public String next() {
    if (steps.isEmpty()) {
      return "a file with rows under its header";
    }
    return options.apply()
        ? "make ksql SQL='SELECT * FROM " + rowOptions.stream() + " EMIT CHANGES LIMIT 3;'"
        : "make ksql, and there the statement above (APPLY=1 has it run)";
  }

  @Override
  public FileTally tally() {
    return tally;
  }

  private RowPlan look(Path file, BooleanSupplier stopped) {
    try (CsvRows rows = CsvRows.open(file, options.dialect(), RejectedRows.IGNORED)) {
      // The second look rejects the rows that this one passes over.
      tally.bytes().begin(rows::bytesRead);
      FileSchema schema =
          FileSchema.infer(
              rows,
              rowOptions.types(),
              options.dialect().nullTexts(),
              options.inferRows(),
              stopped);
      tally.bytes().end(file);
      return RowPlan.of(file, schema, rowOptions);
    }
  }

  /** A file without a good row makes no stream, but its bad ones count. */
  private void rejectAll(Path file) {
    try (CsvRows rows = CsvRows.open(file, options.dialect(), rejects.of(file))) {
      if (rows.next() != null) {
        throw new CsvFormatException(file + " has changed since it was looked at");
      }
      say.accept("note: " + file + (rows.rejected() > 0 ? " has no good rows" : " has no rows"));
      tally.add(rows);
    }
  }

  private static Step first(RowPlan plan) {
    return new Step(plan, plan.definition(), Optional.of(plan.definition().createStatement()));
  }

  private Step further(StreamDefinition stream, String origin, RowPlan plan) {
    SchemaChange change =
        SchemaChange.of(
            stream,
            origin,
            plan.definition(),
            plan.file().toString(),
            plan.schema().emptyColumns());
    if (!change.missing().isEmpty()) {
      say.accept(
          "note: "
              + plan.file()
              + " has no column "
              + String.join(", ", change.missing())
              + ": NULL in its rows");
    }
    return new Step(
        plan,
        change.result(),
        change.added().isEmpty()
            ? Optional.empty()
            : Optional.of(change.result().replaceStatement()));
  }

  private void checkTopic(StreamDefinition stream) {
    if (stream != null && !stream.topic().equals(rowOptions.topic())) {
      throw new ServerRefusalException(
          "the stream %s is there already, over the topic %s: give --topic %s, or another --stream"
              .formatted(stream.name(), stream.topic(), stream.topic()));
    }
  }

  /** Refuses a type that is given for a column that no file has. */
  private void checkTypes() {
    for (String column : rowOptions.types().keySet()) {
      if (steps.stream()
          .noneMatch(step -> step.plan().schema().header().find(column).isPresent())) {
        throw new CsvFormatException(
            "--type names column " + column + ", which no file with rows has");
      }
    }
  }

  private void describe(Step step) {
    RowPlan plan = step.plan();
    say.accept(
        plan.file()
            + ": "
            + String.format(Locale.ROOT, "%,d", plan.schema().rows())
            + " rows looked at"
            + plan.eventTime().map(time -> "; event time by " + time.description()).orElse(""));
    step.statement().ifPresent(say);
  }

  private void apply(Step step) {
    if (options.apply() && !options.dryRun() && step.statement().isPresent()) {
      new ServerStreams(options.sqlServer()).execute(step.statement().get());
      say.accept("the SQL server has run the statement");
    }
  }
}
