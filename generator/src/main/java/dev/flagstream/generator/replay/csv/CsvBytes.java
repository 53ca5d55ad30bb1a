package dev.flagstream.generator.replay.csv;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** A file's text: unpacked if it is gzip, decoded by its byte order mark or as told. */
final class CsvBytes implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final int LONGEST_MARK_BYTES = 3;

  private final CountingInputStream file;
  private final Charset charset;
  private final Reader reader;

  private CsvBytes(CountingInputStream file, Charset charset, InputStream text) {
    this.file = file;
    this.charset = charset;
    this.reader =
        new InputStreamReader(
            text,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(Character.toString(RowFraming.UNDECODABLE)));
  }

  /**
   * Opens a file.
   *
   * @throws CsvFormatException if it cannot be read, is a pipe, or begins with the mark of another
   *     charset
   */
  static CsvBytes open(Path path, Optional<Charset> given) {
    CountingInputStream file = null;
    try {
      requireReadableTwice(path);
      file = new CountingInputStream(Files.newInputStream(path));
      PushbackInputStream text = pushback(unpacked(file));
      Optional<Charset> marked = passByteOrderMark(text);
      if (marked.isPresent() && given.isPresent() && !isSame(given.get(), marked.get())) {
        throw new CsvFormatException(
            path + " begins with the byte order mark of " + marked.get() + ", not " + given.get());
      }
      return new CsvBytes(file, marked.or(() -> given).orElse(StandardCharsets.UTF_8), text);
    } catch (NoSuchFileException e) {
      throw new CsvFormatException("the file " + path + " does not exist", e);
    } catch (IOException e) {
      closeQuietly(file, e);
      throw new CsvFormatException("cannot read " + path + ": " + reasonOf(e), e);
    } catch (CsvFormatException e) {
      closeQuietly(file, e);
      throw e;
    }
  }

  /** Types are found in a first pass; a pipe would be empty in the second, or be waited for. */
  private static void requireReadableTwice(Path path) throws IOException {
    if (Files.readAttributes(path, BasicFileAttributes.class).isOther()) {
      throw new CsvFormatException(
          path
              + " is a pipe or a device, which gives what it holds once, but a file is read more"
              + " than once: write it to a file first");
    }
  }

  /** What happened, in words even if the exception has none. */
  static String reasonOf(IOException failure) {
    if (failure instanceof EOFException) {
      return "the packed file is cut off there";
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  Reader reader() {
    return reader;
  }

  Charset charset() {
    return charset;
  }

  /** How many bytes of the file, packed as they are, have been read. */
  long bytesRead() {
    return file.bytesRead;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static InputStream unpacked(CountingInputStream file) throws IOException {
    PushbackInputStream bytes = new PushbackInputStream(file, 2);
    byte[] first = bytes.readNBytes(2);
    bytes.unread(first);
    if (first.length == 2 && first[0] == 'P' && first[1] == 'K') {
      throw new IOException("it is a ZIP archive: unpack it first; gzip can be read as it is");
    }
    boolean gzip =
        first.length == 2 && (first[0] & 0xff) == GZIP_FIRST && (first[1] & 0xff) == GZIP_SECOND;
    return gzip ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes;
  }

  private static PushbackInputStream pushback(InputStream in) {
    return new PushbackInputStream(in, LONGEST_MARK_BYTES);
  }

  /** Passes the mark, if there is one, and says what it marks. */
  private static Optional<Charset> passByteOrderMark(PushbackInputStream text) throws IOException {
    byte[] first = text.readNBytes(LONGEST_MARK_BYTES);
    int mark = 0;
    Charset charset = null;
    if (startsWith(first, 0xef, 0xbb, 0xbf)) {
      mark = 3;
      charset = StandardCharsets.UTF_8;
    } else if (startsWith(first, 0xff, 0xfe)) {
      mark = 2;
      charset = StandardCharsets.UTF_16LE;
    } else if (startsWith(first, 0xfe, 0xff)) {
      mark = 2;
      charset = StandardCharsets.UTF_16BE;
    }
    text.unread(first, mark, first.length - mark);
    return Optional.ofNullable(charset);
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    if (bytes.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((bytes[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }

  /** UTF-16 leaves the order of its bytes to the mark. */
  private static boolean isSame(Charset given, Charset marked) {
    return given.equals(marked)
        || (given.equals(StandardCharsets.UTF_16) && marked.name().startsWith("UTF-16"));
  }

  private static void closeQuietly(InputStream file, Exception cause) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Counts what is read; the count may be looked at by any thread. */
  private static final class CountingInputStream extends FilterInputStream {

    private volatile long bytesRead;

    CountingInputStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count(Math.max(0, read));
      return read;
    }

    /** Only the reading thread writes. */
    private void count(int bytes) {
      long sum = bytesRead + bytes;
      bytesRead = sum;
    }
  }
}
