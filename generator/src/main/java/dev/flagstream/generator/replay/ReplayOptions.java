package dev.flagstream.generator.replay;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.option.BrokerOptions;
import dev.flagstream.generator.option.FraudTopicOptions;
import dev.flagstream.generator.option.LabelDelayConverter;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.replay.csv.CsvDialect;
import dev.flagstream.generator.replay.csv.DateTimeText;
import dev.flagstream.generator.replay.schema.ColumnType;
import dev.flagstream.generator.replay.schema.FileSchema;
import dev.flagstream.generator.replay.schema.SqlName;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code replay}: files, layout, speed, and where rows go. */
final class ReplayOptions {

  /** What rows become. */
  enum Kind {
    /** Transactions of cards, for the pipeline. */
    transactions,
    /** Rows of a stream of their own, with the file's columns. */
    rows
  }

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "CSV files, also packed with gzip; replayed one after the other.")
  private List<Path> files;

  @Option(
      names = "--as",
      paramLabel = "KIND",
      description =
          "'transactions': the rows of a known layout become card transactions; 'rows': rows of a"
              + " stream with the file's own columns. Default: transactions, if the layout is known,"
              + " tells who paid, and no option about a stream is given.")
  private Kind kind;

  @Option(
      names = "--stream",
      paramLabel = "NAME",
      description = "Name of the stream. Default: as the first file.")
  private String stream;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description =
          "Topic to write to, created with 4 partitions if it is missing. Default: the stream's"
              + " name; for transactions credit_card_transactions.")
  private String topic;

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "Column that becomes the record's key and the stream's KEY column.")
  private String key;

  @Option(
      names = "--time-column",
      paramLabel = "COLUMN",
      description =
          "Column of the event time: dates with times, or numbers. Default: none"
              + " (records get the time of their sending), or what a known layout has.")
  private String timeColumn;

  @Option(
      names = "--time-unit",
      paramLabel = "UNIT",
      converter = UnitConverter.class,
      description =
          "Unit of a numeric time column: epoch-ms or epoch-s since 1970; ms, s, min or"
              + " h since --start-time. Default: by the size of its values.")
  private TimeColumn.Unit timeUnit;

  @Option(
      names = "--start-time",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "What a numeric time column counts from, such as 2013-09-01T00:00:00Z.")
  private Instant startTime;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description =
          "Column that marks frauds (0, 1, true, false). It is taken out of the rows"
              + " and goes to topics of its own. '' keeps the label of a known layout among"
              + " the columns.")
  private String label;

  @Option(
      names = "--scenario",
      paramLabel = "COLUMN",
      description =
          "Column of the kind of fraud. It is taken out of the rows too and goes to the"
              + " truth's topic. Default: what a known layout has.")
  private String scenario;

  @Option(
      names = "--id",
      paramLabel = "COLUMN",
      description =
          "Column that names a row in the labels' topics. Default: transaction_id, trans_num or"
              + " row_id; without such a column, row_id is added: file name and line.")
  private String id;

  @Mixin private FraudTopicOptions fraudTopics;

  @Option(
      names = "--label-delay",
      paramLabel = "DELAY",
      converter = LabelDelayConverter.class,
      defaultValue = "constant:7d",
      description =
          "How long after the transaction a fraud is reported, in event time: constant:7d,"
              + " lognormal:7d (median) or exponential:20s (mean). Default: ${DEFAULT-VALUE}.")
  private LabelDelay labelDelay;

  @Option(
      names = "--speed",
      paramLabel = "SPEED",
      converter = SpeedConverter.class,
      defaultValue = "max",
      description =
          "How fast event time passes: max, 1 (as recorded) or a factor such as 10x. Default:"
              + " ${DEFAULT-VALUE}.")
  private Speed speed;

  @Option(names = "--count", paramLabel = "N", description = "How many rows to send. Default: all.")
  private Long count;

  @Option(
      names = "--type",
      paramLabel = "COLUMN=TYPE",
      description =
          "Type of a column, instead of the one its values suggest: BOOLEAN, INTEGER, BIGINT,"
              + " DECIMAL(10,2), DOUBLE, TIMESTAMP or VARCHAR. May be repeated.")
  private Map<String, String> types = new LinkedHashMap<>();

  @Option(
      names = "--infer-rows",
      paramLabel = "N",
      description = "How many rows of each file to look at for the types. Default: all.")
  private Long inferRows;

  @Option(
      names = "--header",
      paramLabel = "NAMES",
      description =
          "The columns' names, separated by commas, for files that do not begin with them.")
  private String header;

  @Option(
      names = "--encoding",
      paramLabel = "CHARSET",
      converter = CharsetConverter.class,
      description =
          "Encoding of the files, such as ISO-8859-1. Default: as a byte order mark says, else"
              + " UTF-8.")
  private Charset encoding;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      defaultValue = ",",
      description = "What separates fields; 'tab' for tabs. Default: '${DEFAULT-VALUE}'.")
  private String delimiter;

  @Option(
      names = "--null",
      paramLabel = "TEXT",
      description = "Field content that means NULL, as an empty field does. May be repeated.")
  private List<String> nullTexts = List.of();

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description =
          "Where rows go that cannot be replayed, with line and reason. Default: the first file's"
              + " name with .rejected.csv.")
  private Path rejects;

  @Option(
      names = "--apply",
      description = "Runs the printed statements on the SQL server before the rows are sent.")
  private boolean apply;

  @Option(
      names = "--sql-server",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8088",
      description = "The SQL server. Default: ${DEFAULT-VALUE}.")
  private URI sqlServer;

  @Mixin private BrokerOptions brokers;

  @Option(
      names = {"--dry-run", "--stdout"},
      description = "Prints the rows as JSON lines instead of sending them; applies nothing.")
  private boolean dryRun;

  List<Path> files() {
    return files;
  }

  Optional<Kind> kind() {
    return Optional.ofNullable(kind);
  }

  /** Whether an option was given that has a meaning for rows only. */
  boolean isAboutRows() {
    return stream != null
        || key != null
        || timeColumn != null
        || timeUnit != null
        || label != null
        || scenario != null
        || id != null
        || inferRows != null
        || apply
        || !types.isEmpty();
  }

  Optional<String> stream() {
    return Optional.ofNullable(stream);
  }

  Optional<String> topic() {
    return Optional.ofNullable(topic);
  }

  Optional<String> key() {
    return Optional.ofNullable(key);
  }

  Optional<String> timeColumn() {
    return Optional.ofNullable(timeColumn);
  }

  Optional<TimeColumn.Unit> timeUnit() {
    return Optional.ofNullable(timeUnit);
  }

  Optional<Instant> startTime() {
    return Optional.ofNullable(startTime);
  }

  /** The column; an empty name if a known layout's label is to stay. */
  Optional<String> label() {
    return Optional.ofNullable(label);
  }

  Optional<String> scenario() {
    return Optional.ofNullable(scenario);
  }

  Optional<String> id() {
    return Optional.ofNullable(id);
  }

  String labelsTopic() {
    return fraudTopics.labels();
  }

  String truthTopic() {
    return fraudTopics.truth();
  }

  LabelDelay labelDelay() {
    return labelDelay;
  }

  Speed speed() {
    return speed;
  }

  long count() {
    return count == null ? Long.MAX_VALUE : count;
  }

  long inferRows() {
    return inferRows == null ? FileSchema.ALL_ROWS : inferRows;
  }

  /**
   * The given types.
   *
   * @throws IllegalArgumentException naming the first that is not a type
   */
  Map<String, ColumnType> types() {
    Map<String, ColumnType> parsed = new LinkedHashMap<>();
    types.forEach((column, type) -> parsed.put(column, ColumnType.parse(type)));
    return parsed;
  }

  /**
   * How the files are written.
   *
   * @throws IllegalArgumentException if the delimiter cannot be used, or the header names no
   *     columns
   */
  CsvDialect dialect() {
    String separator = delimiter.equals("tab") || delimiter.equals("\\t") ? "\t" : delimiter;
    if (separator.length() != 1) {
      throw new IllegalArgumentException(
          "'" + delimiter + "' is not a delimiter: give one character, or tab");
    }
    return new CsvDialect(
        Optional.ofNullable(encoding),
        separator.charAt(0),
        columnNames(),
        new HashSet<>(nullTexts));
  }

  private List<String> columnNames() {
    if (header == null) {
      return List.of();
    }
    try {
      return CsvReader.builder().ofSingleCsvRecord(header).getFields();
    } catch (CsvParseException e) {
      throw new IllegalArgumentException(
          "'" + header + "' names no columns: give them separated by commas", e);
    }
  }

  Path rejects() {
    Path first = files.get(0);
    return rejects == null ? first.resolveSibling(first.getFileName() + ".rejected.csv") : rejects;
  }

  boolean apply() {
    return apply;
  }

  URI sqlServer() {
    return sqlServer;
  }

  KafkaSettings kafka() {
    return brokers.settings();
  }

  boolean dryRun() {
    return dryRun;
  }

  /** What is wrong with the options, if it shows only when they are used; empty if nothing is. */
  Optional<String> flaw() {
    try {
      dialect();
      types();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
    if (kind == Kind.transactions && isAboutRows()) {
      return Optional.of(
          "--as transactions goes without options about a stream of rows (--stream, --key,"
              + " --time-column, --time-unit, --label, --scenario, --id, --type, --infer-rows,"
              + " --apply): ksql/01-transactions.sql is that stream");
    }
    if (stream != null && !SqlName.isBare(stream)) {
      return Optional.of(
          "'"
              + stream
              + "' is not a name for a stream: give letters, digits and underscores, and no word of SQL");
    }
    if (!List.of("http", "https").contains(sqlServer.getScheme()) || sqlServer.getHost() == null) {
      return Optional.of(
          "'" + sqlServer + "' is no SQL server: give its URL, such as http://127.0.0.1:8088");
    }
    if (count != null && count < 1) {
      return Optional.of("Invalid value for option '--count': must be 1 or more");
    }
    if (inferRows != null && inferRows < 1) {
      return Optional.of("Invalid value for option '--infer-rows': must be 1 or more");
    }
    return Optional.empty();
  }

  static final class SpeedConverter implements ITypeConverter<Speed> {
    @Override
    public Speed convert(String text) {
      try {
        return Speed.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  static final class UnitConverter implements ITypeConverter<TimeColumn.Unit> {
    @Override
    public TimeColumn.Unit convert(String text) {
      try {
        return TimeColumn.Unit.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  static final class TimeConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      long ms = DateTimeText.timeOrDateToEpochMs(text);
      if (ms == DateTimeText.NONE) {
        throw new TypeConversionException(
            "'" + text + "' is not a time: give one such as 2013-09-01T00:00:00Z or 2013-09-01");
      }
      return Instant.ofEpochMilli(ms);
    }
  }

  static final class CharsetConverter implements ITypeConverter<Charset> {
    @Override
    public Charset convert(String text) {
      try {
        return Charset.forName(text);
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        throw new TypeConversionException(
            "'" + text + "' is not an encoding that Java knows, such as UTF-8 or ISO-8859-1");
      }
    }
  }
}
