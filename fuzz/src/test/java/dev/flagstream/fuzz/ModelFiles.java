package dev.flagstream.fuzz;

import dev.flagstream.udf.model.Model;
import dev.flagstream.udf.model.Mojo;
import dev.flagstream.udf.model.UnusableModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Reads the zip of a model and scores rows with it. An input that begins as a zip is taken as it
 * is; any other says which files are in it, so that a fuzzer need not find the way through
 * compression and checksums: for each a line with name and length, and the content.
 */
final class ModelFiles implements FuzzTarget {

  private static final Path NAME = Path.of("model.zip");
  private static final int MOST_FILES = 64;

  @Override
  public void tryOut(byte[] input) throws IOException {
    boolean zip = input.length > 1 && input[0] == 'P' && input[1] == 'K';
    Model model;
    try {
      model = Mojo.read(NAME, zip ? input : zipOf(input));
    } catch (UnusableModelException e) {
      SqlText.requireSentence(e);
      return;
    }
    int features = model.features().size();
    for (double value : List.of(0.0, 1.5, -1e9, Double.NaN)) {
      double[] row = new double[features];
      Arrays.fill(row, value);
      double score = model.score(row);
      if (Double.isInfinite(score)) {
        throw new AssertionError("scores " + score);
      }
      model.explain(row, new double[features]);
    }
  }

  private static byte[] zipOf(byte[] input) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      Set<String> names = new HashSet<>();
      int at = 0;
      while (at < input.length && names.size() < MOST_FILES) {
        int end = indexOf(input, (byte) '\n', at);
        String[] head = new String(input, at, end - at, StandardCharsets.UTF_8).split(" ", 2);
        at = Math.min(end + 1, input.length);
        int length = Math.min(length(head), input.length - at);
        if (!names.add(head[0])) {
          break;
        }
        zip.putNextEntry(new ZipEntry(head[0]));
        zip.write(input, at, length);
        at += length;
      }
    }
    return bytes.toByteArray();
  }

  private static int length(String[] head) {
    return head.length > 1 && head[1].matches("\\d{1,6}")
        ? Integer.parseInt(head[1])
        : Integer.MAX_VALUE;
  }

  private static int indexOf(byte[] bytes, byte wanted, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
