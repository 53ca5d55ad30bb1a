package dev.flagstream.training.table;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A table on disk, to the last bit, so that a second run need not compute it again. */
public final class FeatureTableFile {

  private static final int FORMAT = 0x46540002;
  private static final int BUFFER_BYTES = 1 << 20;

  private FeatureTableFile() {}

  /**
   * Writes; the file is there only once it is complete.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, FeatureTable table) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER_BYTES))) {
      out.writeInt(FORMAT);
      out.writeInt(table.features().size());
      for (String feature : table.features()) {
        out.writeUTF(feature);
      }
      out.writeInt(table.size());
      for (Example row : table.rows()) {
        out.writeLong(row.timeMs());
        writeOptional(out, row.card());
        out.writeBoolean(row.fraud());
        out.writeLong(row.reportedAtMs());
        writeOptional(out, row.scenario());
        out.writeDouble(row.amount());
        for (double value : row.features()) {
          out.writeDouble(value);
        }
      }
    }
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is not there, or something else
   */
  public static FeatureTable read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
      if (in.readInt() != FORMAT) {
        throw new IOException(file + " is not a table of features");
      }
      int width = in.readInt();
      List<String> features = new ArrayList<>(width);
      for (int i = 0; i < width; i++) {
        features.add(in.readUTF());
      }
      int size = in.readInt();
      List<Example> rows = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        rows.add(readRow(in, width));
      }
      return new FeatureTable(features, rows);
    }
  }

  private static Example readRow(DataInputStream in, int width) throws IOException {
    long timeMs = in.readLong();
    String card = readOptional(in);
    boolean fraud = in.readBoolean();
    long reportedAtMs = in.readLong();
    String scenario = readOptional(in);
    double amount = in.readDouble();
    double[] values = new double[width];
    for (int i = 0; i < width; i++) {
      values[i] = in.readDouble();
    }
    return new Example(timeMs, card, fraud, reportedAtMs, scenario, amount, values);
  }

  private static void writeOptional(DataOutputStream out, String text) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      out.writeUTF(text);
    }
  }

  private static String readOptional(DataInputStream in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }
}
