package dev.flagstream.generator.replay;

import dev.flagstream.generator.replay.csv.CsvFormatException;
import dev.flagstream.generator.replay.csv.CsvHeader;
import dev.flagstream.generator.replay.csv.CsvRows;
import dev.flagstream.generator.replay.csv.RejectedRows;
import dev.flagstream.generator.replay.layout.KnownLayout;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The files of one replay. Prepared, then sent, by one thread; the counts may be read by any. */
interface ReplayFiles {

  /**
   * Decides by the options, and by the first file's header, what rows become.
   *
   * @param say takes lines for people
   * @throws CsvFormatException if the first file cannot be read
   */
  static ReplayFiles choose(ReplayOptions options, RejectsFile rejects, Consumer<String> say) {
    Path first = options.files().get(0);
    CsvHeader header = headerOf(first, options);
    Optional<KnownLayout> layout = KnownLayout.recognise(header);
    layout.ifPresent(known -> say.accept(first + " has the layout of " + known.title()));
    boolean byDefault =
        layout.filter(KnownLayout::tellsWhoPaid).isPresent() && !options.isAboutRows();
    boolean transactions =
        options.kind().map(kind -> kind == ReplayOptions.Kind.transactions).orElse(byDefault);
    if (transactions) {
      return new TransactionFiles(options, rejects);
    }
    RowFiles rows = new RowFiles(options, RowOptions.of(options, header, layout), rejects, say);
    say.accept(
        "its rows go to the topic %s, a stream of their own, and not through the pipeline: %s"
            .formatted(rows.topic(), whyRows(options, header, layout)));
    return rows;
  }

  private static String whyRows(
      ReplayOptions options, CsvHeader header, Optional<KnownLayout> layout) {
    if (options.kind().isPresent()) {
      return "--as rows says so";
    }
    if (layout.isPresent()) {
      return layout.get().tellsWhoPaid()
          ? "there are options about a stream; without them they would become card transactions"
          : "this layout does not tell who paid (--as transactions makes up a card for each row)";
    }
    return KnownLayout.lack(header)
        .map(
            lack ->
                "as card transactions with the layout of %s they would need the columns %s as well"
                    .formatted(lack.layout().title(), String.join(", ", lack.columns())))
        .orElse("the header is none of the known layouts of card transactions");
  }

  private static CsvHeader headerOf(Path file, ReplayOptions options) {
    try (CsvRows rows = CsvRows.open(file, options.dialect(), RejectedRows.IGNORED)) {
      return rows.header();
    }
  }

  /**
   * Finds out what has to be known before anything is sent.
   *
   * @param stopped asked again and again; ends it early if true
   * @throws CsvFormatException if a file cannot be read or lacks a column
   */
  void prepare(BooleanSupplier stopped);

  /** Sends all rows, unless the replay is stopped. */
  void sendAll(Replay replay) throws InterruptedException;

  /** The topic that rows go to. */
  String topic();

  /** Whether the files may tell frauds. */
  boolean haveLabels();

  /** What is sent, in words. */
  String description();

  /** What one could do after the replay. */
  String next();

  /** What has become of the files so far. */
  FileTally tally();
}
