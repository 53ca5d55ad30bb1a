package dev.flagstream.client.lake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What one write of a partition's rows consists of. Its being in the store is what commits them.
 *
 * @param from the offset after that of the last row committed before; it names the manifest, so
 *     that of two tasks that go on from the same place only one can
 * @param first the offset of the first row
 * @param last the offset of the last row
 * @param lastTimeMs the time of the last row's record; tells whether a topic is still the same
 * @param committedAtMs when it was written
 * @param files where the rows are
 */
public record CommitManifest(
    String topic,
    int partition,
    long from,
    long first,
    long last,
    long lastTimeMs,
    long committedAtMs,
    List<DataFile> files) {

  /** Where all manifests are. */
  static final String FOLDER = "_commits/";

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /**
   * A file of rows of one day.
   *
   * @param pending its name until the manifest is there
   * @param name its name from then on
   * @param rows how many
   */
  public record DataFile(String pending, String name, long rows) {}

  /** Copies the list. */
  public CommitManifest {
    files = List.copyOf(files);
  }

  /** Where the manifests of a partition are. */
  public static String folder(String topic, int partition) {
    return FOLDER + topic + "/" + partition + "/";
  }

  /** Names are in the order of offsets. */
  public String name() {
    return folder(topic, partition) + "%019d.json".formatted(from);
  }

  /** Its content, as JSON. */
  public byte[] bytes() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    } catch (IOException e) {
      throw new UncheckedIOException("A manifest cannot fail to be written", e);
    }
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws IOException naming the file if it is none
   */
  public static CommitManifest read(LakeStore store, String name) throws IOException {
    try {
      return JSON.readValue(store.read(name), CommitManifest.class);
    } catch (IOException e) {
      throw new IOException("The manifest " + name + " cannot be read: " + e.getMessage(), e);
    }
  }
}
