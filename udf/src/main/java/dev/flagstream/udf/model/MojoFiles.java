package dev.flagstream.udf.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The files in a MOJO's zip, unpacked in memory. */
final class MojoFiles {

  /**
   * Far above any forest that scores in microseconds, and well below the memory of a server: a zip
   * can hold a thousand times its size.
   */
  static final int MAX_UNPACKED_BYTES = 128 << 20;

  private final String zipName;
  private final Map<String, byte[]> byName = new HashMap<>();

  /**
   * Unpacks a zip.
   *
   * @param zipName what messages call it
   * @throws UnusableModelException if it is no zip, cut off or damaged, or holds more than {@link
   *     #MAX_UNPACKED_BYTES}
   */
  MojoFiles(String zipName, byte[] zip) {
    this.zipName = zipName;
    try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
      int unpackedBytes = 0;
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        byte[] content = entries.readNBytes(MAX_UNPACKED_BYTES - unpackedBytes + 1);
        unpackedBytes += content.length;
        if (unpackedBytes > MAX_UNPACKED_BYTES) {
          throw unusable("holds more than " + MAX_UNPACKED_BYTES + " bytes");
        }
        byName.put(entry.getName(), content);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UnusableModelException(
          zipName, "is cut off or damaged (" + e.getMessage() + "); copy it anew", e);
    }
    if (byName.isEmpty()) {
      throw unusable("is no zip file or an empty one; an H2O MOJO is needed");
    }
  }

  boolean has(String file) {
    return byName.containsKey(file);
  }

  /** How many files there are whose names begin so. */
  long count(String prefix) {
    return byName.keySet().stream().filter(name -> name.startsWith(prefix)).count();
  }

  byte[] bytes(String file) {
    byte[] content = byName.get(file);
    if (content == null) {
      throw unusable("the file " + file + " is missing in it");
    }
    return content;
  }

  String text(String file) {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  UnusableModelException unusable(String reason) {
    return new UnusableModelException(zipName, reason);
  }

  UnusableModelException unusable(String file, String reason) {
    return new UnusableModelException(zipName + "!" + file, reason);
  }
}
