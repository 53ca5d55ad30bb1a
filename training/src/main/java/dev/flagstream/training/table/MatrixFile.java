package dev.flagstream.training.table;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Numbers between this process and H2O's, to the last bit: the count of rows and of columns, then
 * the values row by row, big-endian. NaN is a missing value.
 */
public final class MatrixFile {

  private static final int BUFFER_BYTES = 1 << 20;

  private MatrixFile() {}

  /**
   * Writes rows of the same width.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, double[][] rows) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES))) {
      int columns = rows.length == 0 ? 0 : rows[0].length;
      out.writeInt(rows.length);
      out.writeInt(columns);
      for (double[] row : rows) {
        if (row.length != columns) {
          throw new IllegalArgumentException(
              "A row has %d columns, the first has %d".formatted(row.length, columns));
        }
        for (double value : row) {
          out.writeDouble(value);
        }
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the file is not there or shorter than it says
   */
  public static double[][] read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
      double[][] rows = new double[in.readInt()][];
      int columns = in.readInt();
      for (int r = 0; r < rows.length; r++) {
        rows[r] = new double[columns];
        for (int c = 0; c < columns; c++) {
          rows[r][c] = in.readDouble();
        }
      }
      return rows;
    }
  }
}
