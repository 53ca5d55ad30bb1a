package dev.flagstream.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A file in the layout of the ULB credit card data: Time, V1 to V28, Amount, Class. Some values are
 * missing.
 */
final class UlbLikeCsv {

  private static final int FEATURES = 28;
  private static final double FRAUD_SHARE = 0.03;
  private static final double MISSING_SHARE = 0.01;
  private static final int SECONDS = 172_800;

  private UlbLikeCsv() {}

  /** Writes rows whose frauds differ in V1 to V3 and in the amount. */
  static Path write(Path file, int rows, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder csv = new StringBuilder("\"Time\"");
    for (int v = 1; v <= FEATURES; v++) {
      csv.append(",\"V").append(v).append('"');
    }
    csv.append(",\"Amount\",\"Class\"\n");
    for (int row = 0; row < rows; row++) {
      boolean fraud = random.nextDouble() < FRAUD_SHARE;
      csv.append((long) row * SECONDS / rows);
      for (int v = 1; v <= FEATURES; v++) {
        double shift = fraud && v <= 3 ? 2 : 0;
        csv.append(',');
        if (random.nextDouble() >= MISSING_SHARE) {
          csv.append(random.nextGaussian() + shift);
        }
      }
      double amount = Math.exp(random.nextGaussian() + (fraud ? 4 : 3));
      csv.append(String.format(Locale.ROOT, ",%.2f,\"%d\"%n", amount, fraud ? 1 : 0));
    }
    return Files.writeString(file, csv);
  }
}
