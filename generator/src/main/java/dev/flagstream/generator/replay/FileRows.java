package dev.flagstream.generator.replay;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.flagstream.generator.replay.csv.CsvDialect;
import dev.flagstream.generator.replay.csv.CsvFormatException;
import dev.flagstream.generator.replay.csv.CsvRow;
import dev.flagstream.generator.replay.csv.CsvRows;
import dev.flagstream.generator.replay.csv.RejectedRows;
import dev.flagstream.generator.replay.csv.UnfitRowException;
import dev.flagstream.generator.replay.csv.WholeNumberText;
import dev.flagstream.generator.replay.layout.FraudVerdict;
import dev.flagstream.generator.replay.schema.ColumnWriter;
import dev.flagstream.generator.replay.schema.KeyWriter;
import dev.flagstream.generator.replay.schema.StreamColumn;
import dev.flagstream.generator.replay.schema.StreamDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rows of a file as rows of a stream: JSON with the types of the stream's columns. */
final class FileRows implements ReplaySource {

  private static final int USUAL_ROW_BYTES = 512;

  private final CsvRows rows;
  private final RowPlan plan;
  private final RejectedRows rejected;
  private final List<FieldWriter> writers = new ArrayList<>();
  private final Optional<KeyWriter> key;

  /** Writes the column that names rows, in the same way as the row's own value. */
  private final ColumnWriter id;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_ROW_BYTES);
  private final JsonGenerator json;
  private CsvRow latest;
  private long unfit;

  private record FieldWriter(int index, ColumnWriter writer) {}

  private FileRows(
      CsvRows rows,
      RowPlan plan,
      StreamDefinition stream,
      CsvDialect dialect,
      RejectedRows rejected) {
    this.rows = rows;
    this.plan = plan;
    this.rejected = rejected;
    for (int i = 0; i < plan.schema().columns().size(); i++) {
      if (plan.isInRow(i)) {
        StreamColumn column = inStream(plan.schema().columns().get(i), stream);
        writers.add(new FieldWriter(i, new ColumnWriter(column, dialect.nullTexts())));
      }
    }
    this.id =
        plan.idIndex() == RowPlan.NONE
            ? null
            : new ColumnWriter(
                inStream(plan.schema().columns().get(plan.idIndex()), stream), dialect.nullTexts());
    this.key = stream.key().map(column -> new KeyWriter(column, dialect.nullTexts()));
    try {
      this.json =
          new JsonFactoryBuilder()
              .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
              .rootValueSeparator("")
              .build()
              .createGenerator(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens a file that was planned.
   *
   * @param stream what its rows go into: the types are the stream's, not the file's
   * @throws CsvFormatException if it cannot be read, or is no longer the file that was planned
   */
  static FileRows open(
      RowPlan plan, StreamDefinition stream, CsvDialect dialect, RejectedRows rejected) {
    CsvRows rows = CsvRows.open(plan.file(), dialect, rejected);
    if (!rows.header().names().equals(plan.schema().header().names())) {
      rows.close();
      throw new CsvFormatException(plan.file() + " has changed since its types were looked at");
    }
    return new FileRows(rows, plan, stream, dialect, rejected);
  }

  @Override
  public ReplayRow next() {
    for (CsvRow row = rows.next(); row != null; row = rows.next()) {
      String flaw;
      latest = row;
      try {
        return read(row);
      } catch (UnfitRowException e) {
        flaw = e.getMessage();
      }
      unfit++;
      rejected.add(row.line(), flaw, row.text());
    }
    return null;
  }

  @Override
  public void reject(String reason) {
    unfit++;
    rejected.add(latest.line(), reason, latest.text());
  }

  @Override
  public long rejected() {
    return rows.rejected() + unfit;
  }

  @Override
  public long bytesRead() {
    return rows.bytesRead();
  }

  @Override
  public Optional<String> brokenOff() {
    return rows.brokenOff();
  }

  @Override
  public void close() {
    rows.close();
  }

  private ReplayRow read(CsvRow row) {
    List<String> fields = row.fields();
    Optional<ReplayRow.Verdict> verdict =
        plan.labelIndex() == RowPlan.NONE ? Optional.empty() : Optional.of(verdict(row));
    long timeMs =
        plan.eventTime().isPresent()
            ? plan.eventTime().get().ms(fields.get(plan.timeIndex()))
            : ReplayRow.NO_TIME;
    byte[] keyBytes = key.isPresent() ? key.get().write(fields.get(plan.keyIndex())) : null;
    return new ReplayRow(keyBytes, encode(row), timeMs, verdict);
  }

  private byte[] encode(CsvRow row) {
    bytes.reset();
    try {
      json.writeStartObject();
      if (plan.idPrefix().isPresent()) {
        json.writeStringField(RowPlan.ROW_ID, idOf(row));
      }
      for (int i = 0; i < writers.size(); i++) {
        FieldWriter each = writers.get(i);
        each.writer().write(row.fields().get(each.index()), json);
      }
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    } catch (UnfitRowException e) {
      discard();
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array cannot fail to be written", e);
    }
  }

  /** Ends the object that a bad row began, so that the next one begins anew. */
  private void discard() {
    try {
      json.writeEndObject();
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array cannot fail to be written", e);
    }
  }

  private ReplayRow.Verdict verdict(CsvRow row) {
    String rowId = idOf(row);
    if (rowId == null || rowId.isBlank()) {
      throw new UnfitRowException(
          "column " + plan.schema().header().names().get(plan.idIndex()) + " is empty");
    }
    boolean fraud = isFraud(row.fields().get(plan.labelIndex()).strip());
    return new ReplayRow.Verdict(
        rowId, null, null, fraud ? new FraudVerdict(true, scenario(row)) : FraudVerdict.HONEST);
  }

  private Optional<String> scenario(CsvRow row) {
    return plan.scenarioIndex() == RowPlan.NONE
        ? Optional.empty()
        : Optional.of(row.fields().get(plan.scenarioIndex()).strip())
            .filter(text -> !text.isEmpty());
  }

  private boolean isFraud(String text) {
    return switch (WholeNumberText.of(text).toLowerCase(Locale.ROOT)) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default ->
          throw new UnfitRowException(
              "column "
                  + plan.schema().header().names().get(plan.labelIndex())
                  + " is not 0, 1, true or false");
    };
  }

  /** The name of a row, or null. */
  private String idOf(CsvRow row) {
    return plan.idPrefix().isPresent()
        ? plan.idPrefix().get() + row.line()
        : id.valueOf(row.fields().get(plan.idIndex()));
  }

  private static StreamColumn inStream(StreamColumn column, StreamDefinition stream) {
    return stream
        .column(column.name())
        .map(existing -> new StreamColumn(column.name(), existing.type()))
        .orElse(column);
  }
}
