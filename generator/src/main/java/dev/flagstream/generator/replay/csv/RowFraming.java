package dev.flagstream.generator.replay.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/**
 * Finds where the rows of a CSV file begin and end, so that a bad one spoils no other: whole rows
 * come out one by one, the rest is rejected.
 *
 * <p>A row that spans lines because of a quote, and then turns out to be bad (the quote is never
 * closed, is followed by more text, or the number of fields is wrong), is rejected by its first
 * line; reading goes on with the second. So a stray quote costs one line, not the rest of the file.
 * Follows RFC 4180, but takes LF, CRLF and CR for a line end and skips empty lines. One thread.
 */
final class RowFraming {

  /** A row's limit: Kafka's own default for a record. */
  static final int MAX_ROW_CHARS = 1 << 20;

  /** What the decoder puts in the place of bytes that mean nothing: a noncharacter of Unicode. */
  static final char UNDECODABLE = '\uFFFF';

  /** As a number of fields: not known yet. */
  static final int ANY = -1;

  private static final int READ_CHARS = 1 << 16;
  private static final int SHOWN_OF_LONG_ROW = 1_000;
  private static final int NONE = -1;

  private final Reader in;
  private final char delimiter;
  private final String charset;
  private final RejectedRows rejected;

  private char[] buffer = new char[2 * READ_CHARS];
  private int start;
  private int limit;
  private boolean ended;
  private IOException failure;
  private int expectedFields = ANY;
  private long line = 1;
  private long rowLine;
  private long rejectedCount;

  // The row that is being looked at, in characters from start.
  private int at;
  private int fields;
  private int lines;
  private int firstLineLength;
  private int secondLineAt;
  private boolean undecodable;
  private boolean nul;
  private String flaw;

  RowFraming(Reader in, char delimiter, String charset, RejectedRows rejected) {
    this.in = in;
    this.delimiter = delimiter;
    this.charset = charset;
    this.rejected = rejected;
  }

  /** From now on, rows with another number of fields are rejected. */
  void expectFields(int count) {
    expectedFields = count;
  }

  /** The next whole row without its line end, or null after the last one. */
  String next() {
    while (true) {
      String row = nextOrRejected();
      if (row != null || (ended && start == limit)) {
        return row;
      }
    }
  }

  /** The line on which the row last returned starts, from 1. */
  long rowLine() {
    return rowLine;
  }

  long rejectedCount() {
    return rejectedCount;
  }

  /** Why reading broke off before the end of the file; null if it did not. */
  IOException failure() {
    return failure;
  }

  /** The line at which reading stands, from 1. */
  long line() {
    return line;
  }

  private String nextOrRejected() {
    rowLine = line;
    int length = scan();
    if (flaw == null) {
      String row = length == 0 ? null : new String(buffer, start, length);
      consume(at, lines);
      return row;
    }
    if (firstLineLength != NONE) {
      reject(flaw, firstLineLength);
      consume(secondLineAt, 1);
    } else if (length > MAX_ROW_CHARS) {
      reject(flaw, SHOWN_OF_LONG_ROW);
      skipLine();
    } else {
      reject(flaw, length);
      consume(at, lines);
    }
    return null;
  }

  /** Looks for the row's end; returns its length, leaving behind it what was found out. */
  private int scan() {
    at = 0;
    fields = 1;
    lines = 0;
    firstLineLength = NONE;
    undecodable = false;
    nul = false;
    flaw = null;
    boolean fieldStart = true;
    while (more()) {
      char c = buffer[start + at];
      if (c == '"' && fieldStart) {
        at++;
        if (!skipQuoted()) {
          return at;
        }
        fieldStart = false;
        continue;
      }
      if (c == '\n' || c == '\r') {
        return endRow();
      }
      fieldStart = c == delimiter;
      if (fieldStart) {
        fields++;
      } else {
        note(c);
      }
      at++;
      if (at > MAX_ROW_CHARS) {
        return tooLong();
      }
    }
    if (failure != null && at > 0) {
      flaw = "is cut off: the file cannot be read further";
      return at;
    }
    int length = at;
    judge(length);
    return length;
  }

  /** Passes the line end and says how long the row before it is. */
  private int endRow() {
    int length = at;
    passLineEnd();
    lines++;
    judge(length);
    return length;
  }

  /** Passes a quoted field, whose first quote has been read; false if it is not a proper one. */
  private boolean skipQuoted() {
    while (more()) {
      char c = buffer[start + at];
      if (c == '"') {
        at++;
        if (!more() || isFieldEnd(buffer[start + at])) {
          return true;
        }
        if (buffer[start + at] != '"') {
          flaw = "has text behind a closing quote";
          return skipRestOfLine();
        }
        at++;
      } else if (c == '\n' || c == '\r') {
        int length = at;
        passLineEnd();
        lines++;
        if (firstLineLength == NONE) {
          firstLineLength = length;
          secondLineAt = at;
        }
      } else {
        note(c);
        at++;
      }
      if (at > MAX_ROW_CHARS) {
        tooLong();
        return false;
      }
    }
    flaw = failure == null ? "has a quote that is never closed" : "is cut off within a quote";
    return false;
  }

  /** A bad row that has not left its first line is rejected together with the rest of that line. */
  private boolean skipRestOfLine() {
    if (firstLineLength != NONE) {
      return false;
    }
    while (more() && buffer[start + at] != '\n' && buffer[start + at] != '\r') {
      at++;
      if (at > MAX_ROW_CHARS) {
        tooLong();
        return false;
      }
    }
    firstLineLength = at;
    if (more()) {
      passLineEnd();
    }
    secondLineAt = at;
    return false;
  }

  private int tooLong() {
    flaw =
        firstLineLength == NONE
            ? "is longer than " + MAX_ROW_CHARS + " characters"
            : "has a quote that is not closed within " + MAX_ROW_CHARS + " characters";
    return at;
  }

  private void judge(int length) {
    if (length > 0 && expectedFields != ANY && fields != expectedFields) {
      flaw = "has " + fields + " fields instead of " + expectedFields;
      return;
    }
    // The row's ends are certain now, so that it is one bad row as a whole.
    firstLineLength = NONE;
    if (undecodable) {
      flaw = "holds bytes that are not " + charset;
    } else if (nul) {
      flaw = "holds a NUL character";
    }
  }

  private boolean isFieldEnd(char c) {
    return c == delimiter || c == '\n' || c == '\r';
  }

  private void note(char c) {
    undecodable |= c == UNDECODABLE;
    nul |= c == 0;
  }

  private void passLineEnd() {
    boolean carriageReturn = buffer[start + at] == '\r';
    at++;
    if (carriageReturn && more() && buffer[start + at] == '\n') {
      at++;
    }
  }

  private void skipLine() {
    while (more()) {
      char c = buffer[start + at];
      if (c == '\n' || c == '\r') {
        passLineEnd();
        consume(at, 1);
        return;
      }
      at++;
      if (at > READ_CHARS) {
        consume(at, 0);
        at = 0;
      }
    }
    consume(at, 0);
  }

  private void consume(int length, int passedLines) {
    start += length;
    line += passedLines;
  }

  private void reject(String reason, int length) {
    rejectedCount++;
    rejected.add(rowLine, reason, new String(buffer, start, length).replace(UNDECODABLE, '\uFFFD'));
  }

  /** Whether there is a character to look at, read first if need be. */
  private boolean more() {
    return start + at < limit || fill();
  }

  private boolean fill() {
    if (ended) {
      return false;
    }
    System.arraycopy(buffer, start, buffer, 0, limit - start);
    limit -= start;
    start = 0;
    if (buffer.length - limit < READ_CHARS) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int count = read();
    if (count < 0) {
      ended = true;
      return false;
    }
    limit += count;
    return count > 0 || fill();
  }

  private int read() {
    try {
      return in.read(buffer, limit, READ_CHARS);
    } catch (IOException e) {
      failure = e;
      return -1;
    }
  }
}
