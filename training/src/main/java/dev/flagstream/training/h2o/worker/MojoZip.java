package dev.flagstream.training.h2o.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes a MOJO zip depend on the model alone: H2O puts a random number, the time and a description
 * for its web pages into it, so that no two trainings give the same file though every tree is the
 * same.
 */
final class MojoZip {

  private static final String INI = "model.ini";
  private static final String FOR_PEOPLE = "experimental/";

  private MojoZip() {}

  /**
   * Rewrites the file in place: entries by name, no times, and the checksum of the rest as the
   * number.
   */
  static void normalize(Path file) throws IOException {
    Map<String, byte[]> entries = read(file);
    byte[] ini = entries.remove(INI);
    if (ini == null) {
      throw new IOException(file + " has no " + INI);
    }
    CRC32 checksum = new CRC32();
    entries.values().forEach(checksum::update);
    entries.put(INI, normalIni(ini, checksum.getValue()));
    try (OutputStream bytes = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry header = new ZipEntry(entry.getKey());
        header.setTime(0);
        zip.putNextEntry(header);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
  }

  private static Map<String, byte[]> read(Path file) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Enumeration<? extends ZipEntry> all = zip.entries();
      while (all.hasMoreElements()) {
        ZipEntry entry = all.nextElement();
        if (!entry.isDirectory() && !entry.getName().startsWith(FOR_PEOPLE)) {
          entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
        }
      }
    }
    return entries;
  }

  private static byte[] normalIni(byte[] ini, long checksum) {
    return new String(ini, StandardCharsets.UTF_8)
        .replaceAll("(?m)^uuid = .*$", "uuid = " + checksum)
        .replaceAll("(?m)^timestamp = .*$", "timestamp = 1970-01-01T00:00:00.000Z")
        .getBytes(StandardCharsets.UTF_8);
  }
}
