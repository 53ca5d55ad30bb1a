package dev.flagstream.generator.producer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The truth in a file instead of a topic: a line of JSON for each fraud. Opened again it goes on
 * after the last whole line; half a line, of a run that was killed, is cut off. For one thread.
 */
public final class TruthFile implements AutoCloseable {

  private static final int LAST_BYTES = 64 * 1024;

  private final Path file;
  private final Optional<String> lastLine;
  private final OutputStream out;

  private TruthFile(Path file, Optional<String> lastLine, OutputStream out) {
    this.file = file;
    this.lastLine = lastLine;
    this.out = out;
  }

  /**
   * Opens a file for appending; makes it if there is none.
   *
   * @throws TruthFileException if that is not possible
   */
  public static TruthFile open(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Optional<String> lastLine = repair(file, channel);
      channel.position(channel.size());
      return new TruthFile(
          file, lastLine, new BufferedOutputStream(Channels.newOutputStream(channel)));
    } catch (IOException e) {
      throw new TruthFileException("cannot write the truth to " + file + ": " + e, e);
    }
  }

  /** Cuts half a line off; gives the last whole one. */
  private static Optional<String> repair(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    byte[] last = new byte[(int) Math.min(size, LAST_BYTES)];
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      reader.seek(size - last.length);
      reader.readFully(last);
    }
    String text = new String(last, StandardCharsets.ISO_8859_1);
    int end = text.lastIndexOf('\n');
    if (end < 0 && size > 0) {
      throw new TruthFileException(
          file + " is not a file of truth: it has no line of JSON. Give another --truth", null);
    }
    channel.truncate(size - (text.length() - (end + 1)));
    return end < 0
        ? Optional.empty()
        : Optional.of(text.substring(text.lastIndexOf('\n', end - 1) + 1, end));
  }

  public Path path() {
    return file;
  }

  /** The last line as it was when the file was opened. */
  public Optional<String> lastLine() {
    return lastLine;
  }

  /** Appends a line. */
  void write(byte[] truth) {
    try {
      out.write(truth);
      out.write('\n');
    } catch (IOException e) {
      throw new TruthFileException("cannot write the truth to " + file + ": " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the last lines to " + file, e);
    }
  }

  /** The file cannot be used; the message says why. */
  public static final class TruthFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TruthFileException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
