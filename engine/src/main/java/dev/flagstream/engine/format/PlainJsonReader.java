package dev.flagstream.engine.format;

import com.fasterxml.jackson.core.io.NumberInput;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.ConnectSchemas;
import dev.flagstream.engine.value.Structs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;

/**
 * Reads JSON objects that are written the plain way: ASCII without escapes, whole numbers and
 * decimal fractions of up to 18 digits, doubles as long as they come, Base64, structs and arrays of
 * the same, and each column or field at most once and of its own kind. That is how almost every
 * transaction is written.
 *
 * <p>It judges nothing: of whatever is not plain, wrong JSON included, it only says that, and
 * leaves the decision to a general parser. The order of fields is learned from the first objects,
 * so that a name is mostly compared and not looked up. Thread-safe.
 */
final class PlainJsonReader {

  /** Stands for a position if the text is not plain. */
  private static final int NOT_PLAIN = -1;

  /** No double needs more characters than this; a longer number is not plain. */
  private static final int MAX_DOUBLE_LENGTH = 32;

  private static final int MAX_EXPONENT_DIGITS = 3;

  /** More columns than the bits of a long are never plain. */
  private static final int MAX_COLUMNS = Long.SIZE;

  /** Beyond it, the general parser's limits could matter. */
  private static final int MAX_BYTES = 1 << 20;

  private static final int MAX_DIGITS = 18;

  /**
   * Up to this, a double holds whole numbers and powers of ten exactly, so that a division rounds
   * only once.
   */
  private static final long MAX_EXACT_DOUBLE = 1L << 53;

  private static final double[] POWERS_OF_TEN = powersOfTen();

  /** Topics whose objects differ in their fields must not make the learning go on for ever. */
  private static final int MAX_LESSONS = 64;

  private static final Base64.Decoder BASE64 = Base64.getDecoder();

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = LOW_BITS * '"';
  private static final long BACKSLASHES = LOW_BITS * '\\';
  private static final long SPACES = LOW_BITS * ' ';

  /** The plain form of a type's values. */
  private enum Kind {
    BOOLEAN,
    INTEGER,
    BIGINT,
    DOUBLE,
    DECIMAL,
    STRING,
    BYTES,
    TIME,
    DATE,
    TIMESTAMP,
    ARRAY,
    STRUCT,
    /** Only null is plain. */
    OTHER;

    static Kind of(SqlType type) {
      return switch (type.base()) {
        case BOOLEAN -> BOOLEAN;
        case INTEGER -> INTEGER;
        case BIGINT -> BIGINT;
        case DOUBLE -> DOUBLE;
        case DECIMAL -> DECIMAL;
        case STRING -> STRING;
        case BYTES -> BYTES;
        case TIME -> TIME;
        case DATE -> DATE;
        case TIMESTAMP -> TIMESTAMP;
        case ARRAY -> ARRAY;
        case STRUCT -> STRUCT;
        case MAP -> OTHER;
      };
    }
  }

  /** A name that was seen, and the column it means; {@link JsonFields#NONE} if none. */
  @SuppressWarnings("ArrayRecordComponent") // Fields are never compared.
  private record Field(byte[] name, int column) {

    /** Whether the name, with its closing quote, stands there. */
    boolean isAt(byte[] bytes, int from) {
      int to = from + name.length;
      return to < bytes.length
          && bytes[to] == '"'
          && Arrays.equals(bytes, from, to, name, 0, name.length);
    }
  }

  private final JsonFields fields;
  private final Kind[] kinds;
  private final SqlType[] types;
  private final int[] slots;
  private final boolean tooWide;

  /** For columns that are structs: reads their fields; null for others. */
  private final PlainJsonReader[] structs;

  private final Schema[] schemas;

  /** For columns that are arrays: reads an element, as its one column; null for others. */
  private final PlainJsonReader[] elements;

  private volatile Field[] order = {};
  private volatile int lessons;

  PlainJsonReader(ColumnLayout layout) {
    this(
        layout.columns().stream().map(Column::name).toList(),
        layout.columns().stream().map(Column::type).toArray(SqlType[]::new),
        layout.slotArray());
  }

  private PlainJsonReader(List<String> names, SqlType[] types, int[] slots) {
    int count = types.length;
    this.fields = new JsonFields(names);
    this.types = types;
    this.kinds = Arrays.stream(types).map(Kind::of).toArray(Kind[]::new);
    this.slots = slots;
    this.tooWide = count > MAX_COLUMNS;
    this.structs = new PlainJsonReader[count];
    this.schemas = new Schema[count];
    this.elements = new PlainJsonReader[count];
    for (int i = 0; i < count; i++) {
      boolean used = slots[i] != ColumnLayout.UNUSED;
      if (types[i] instanceof SqlType.Struct struct) {
        structs[i] = ofFields(struct, used);
        schemas[i] = ConnectSchemas.of(struct);
      } else if (types[i] instanceof SqlType.Array array) {
        elements[i] = ofElement(array, used);
      }
    }
  }

  private static PlainJsonReader ofFields(SqlType.Struct type, boolean used) {
    List<SqlType.Field> fields = type.fields();
    return new PlainJsonReader(
        fields.stream().map(SqlType.Field::name).toList(),
        fields.stream().map(SqlType.Field::type).toArray(SqlType[]::new),
        IntStream.range(0, fields.size()).map(i -> used ? i : ColumnLayout.UNUSED).toArray());
  }

  private static PlainJsonReader ofElement(SqlType.Array type, boolean used) {
    return new PlainJsonReader(
        List.of(""), new SqlType[] {type.element()}, new int[] {used ? 0 : ColumnLayout.UNUSED});
  }

  private static double[] powersOfTen() {
    double[] powers = new double[MAX_DIGITS + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  /**
   * Fills the row if the object is plain.
   *
   * @return false if it is not; the row may then hold some of its values
   */
  boolean read(byte[] bytes, Object[] row) {
    int at = skipSpace(bytes, 0);
    return bytes.length <= MAX_BYTES
        && byteAt(bytes, at) == '{'
        && readObject(bytes, at, row) != NOT_PLAIN;
  }

  /** Reads the object that begins here; returns the position after it. */
  private int readObject(byte[] bytes, int from, Object[] row) {
    if (tooWide) {
      return NOT_PLAIN;
    }
    int at = skipSpace(bytes, from + 1);
    if (byteAt(bytes, at) == '}') {
      return at + 1;
    }
    Field[] expected = order;
    long seen = 0;
    for (int i = 0; ; i++) {
      if (byteAt(bytes, at) != '"') {
        return NOT_PLAIN;
      }
      Field field = i < expected.length ? expected[i] : null;
      if (field == null || !field.isAt(bytes, at + 1)) {
        field = find(bytes, at + 1, i);
        if (field == null) {
          return NOT_PLAIN;
        }
      }
      if (field.column != JsonFields.NONE) {
        long bit = 1L << field.column;
        if ((seen & bit) != 0) {
          return NOT_PLAIN;
        }
        seen |= bit;
      }
      at = skipSpace(bytes, at + field.name.length + 2);
      if (byteAt(bytes, at) != ':') {
        return NOT_PLAIN;
      }
      at = readValue(bytes, skipSpace(bytes, at + 1), field.column, row);
      if (at == NOT_PLAIN) {
        return NOT_PLAIN;
      }
      at = skipSpace(bytes, at);
      byte next = byteAt(bytes, at);
      if (next == '}') {
        return at + 1;
      }
      if (next != ',') {
        return NOT_PLAIN;
      }
      at = skipSpace(bytes, at + 1);
    }
  }

  /** Past the end there is a byte that is never plain. */
  private static byte byteAt(byte[] bytes, int at) {
    return at < bytes.length ? bytes[at] : 0;
  }

  private static int skipSpace(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] <= ' ' && isSpace(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  // --------------------------------------------------------------------------------------- names

  /** Looks a name up, and remembers it as the one at this place; null if it is not plain. */
  private Field find(byte[] bytes, int from, int place) {
    int end = endOfText(bytes, from);
    if (end == NOT_PLAIN) {
      return null;
    }
    int match = fields.find(ascii(bytes, from, end));
    int column = match == JsonFields.NONE ? match : JsonFields.index(match);
    Field found = new Field(Arrays.copyOfRange(bytes, from, end), column);
    // Asked before the lock is taken: threads must not wait for each other once all is learned.
    if (lessons < MAX_LESSONS) {
      learn(found, place);
    }
    return found;
  }

  private synchronized void learn(Field field, int place) {
    if (place <= order.length) {
      Field[] longer = Arrays.copyOf(order, Math.max(order.length, place + 1));
      longer[place] = field;
      order = longer;
      lessons++;
    }
  }

  // --------------------------------------------------------------------------------------- values

  /** Reads a value into its column's slot, if it has one; returns the position after it. */
  private int readValue(byte[] bytes, int at, int column, Object[] row) {
    return switch (byteAt(bytes, at)) {
      case '"' -> readText(bytes, at + 1, column, row);
      case 't' -> readBoolean(bytes, at, "true", column, row);
      case 'f' -> readBoolean(bytes, at, "false", column, row);
      case 'n' -> skipWord(bytes, at, "null");
      case '{' -> readStruct(bytes, at, column, row);
      case '[' -> readArray(bytes, at, column, row);
      default -> readNumber(bytes, at, column, row);
    };
  }

  private int readStruct(byte[] bytes, int from, int column, Object[] row) {
    if (column == JsonFields.NONE || kinds[column] != Kind.STRUCT) {
      return NOT_PLAIN;
    }
    PlainJsonReader reader = structs[column];
    Object[] values = new Object[reader.types.length];
    int end = reader.readObject(bytes, from, values);
    if (end != NOT_PLAIN && isUsed(column)) {
      row[slots[column]] = Structs.ofTyped(schemas[column], values);
    }
    return end;
  }

  private int readArray(byte[] bytes, int from, int column, Object[] row) {
    if (column == JsonFields.NONE || kinds[column] != Kind.ARRAY) {
      return NOT_PLAIN;
    }
    List<Object> list = new ArrayList<>();
    int end = elements[column].readElements(bytes, from, list);
    if (end != NOT_PLAIN && isUsed(column)) {
      row[slots[column]] = list;
    }
    return end;
  }

  private int readElements(byte[] bytes, int from, List<Object> list) {
    int at = skipSpace(bytes, from + 1);
    if (byteAt(bytes, at) == ']') {
      return at + 1;
    }
    Object[] element = new Object[1];
    for (; ; ) {
      element[0] = null;
      at = readValue(bytes, at, 0, element);
      if (at == NOT_PLAIN) {
        return NOT_PLAIN;
      }
      list.add(element[0]);
      at = skipSpace(bytes, at);
      byte next = byteAt(bytes, at);
      if (next == ']') {
        return at + 1;
      }
      if (next != ',') {
        return NOT_PLAIN;
      }
      at = skipSpace(bytes, at + 1);
    }
  }

  private int readText(byte[] bytes, int from, int column, Object[] row) {
    int end = endOfText(bytes, from);
    if (end == NOT_PLAIN) {
      return NOT_PLAIN;
    }
    if (column != JsonFields.NONE) {
      Object value =
          switch (kinds[column]) {
            case STRING -> isUsed(column) ? ascii(bytes, from, end) : "";
            case BYTES -> base64(bytes, from, end);
            default -> null;
          };
      if (value == null) {
        return NOT_PLAIN;
      }
      if (isUsed(column)) {
        row[slots[column]] = value;
      }
    }
    return end + 1;
  }

  /** The bytes that whole groups of four characters stand for; null if they are none. */
  private static ByteBuffer base64(byte[] bytes, int from, int to) {
    if ((to - from) % 4 != 0) {
      return null;
    }
    try {
      return BASE64.decode(ByteBuffer.wrap(bytes, from, to - from));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private int readBoolean(byte[] bytes, int at, String word, int column, Object[] row) {
    if (column != JsonFields.NONE && kinds[column] != Kind.BOOLEAN) {
      return NOT_PLAIN;
    }
    if (isUsed(column)) {
      row[slots[column]] = word.equals("true");
    }
    return skipWord(bytes, at, word);
  }

  private static int skipWord(byte[] bytes, int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (byteAt(bytes, at + i) != word.charAt(i)) {
        return NOT_PLAIN;
      }
    }
    return at + word.length();
  }

  private boolean isUsed(int column) {
    return column != JsonFields.NONE && slots[column] != ColumnLayout.UNUSED;
  }

  private static String ascii(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** Where the closing quote is; everything before it is ASCII that means itself. */
  private static int endOfText(byte[] bytes, int from) {
    int at = from;
    while (at + Long.BYTES <= bytes.length) {
      long eight = (long) EIGHT_BYTES.get(bytes, at);
      // The lowest bit that is set is right; those above it may be wrong by a borrow.
      long special =
          (zeroBytes(eight ^ QUOTES)
                  | zeroBytes(eight ^ BACKSLASHES)
                  | ((eight - SPACES) & ~eight)
                  | eight)
              & HIGH_BITS;
      if (special != 0) {
        at += Long.numberOfTrailingZeros(special) >> 3;
        return bytes[at] == '"' ? at : NOT_PLAIN;
      }
      at += Long.BYTES;
    }
    for (; at < bytes.length; at++) {
      byte b = bytes[at];
      if (b == '"') {
        return at;
      }
      if (b < ' ' || b == '\\') {
        return NOT_PLAIN;
      }
    }
    return NOT_PLAIN;
  }

  private static long zeroBytes(long eight) {
    return (eight - LOW_BITS) & ~eight;
  }

  private int readNumber(byte[] bytes, int from, int column, Object[] row) {
    if (column != JsonFields.NONE && kinds[column] == Kind.DOUBLE && !isUsed(column)) {
      // Nobody reads it: one pass over a fraction, as long as it may be, says that it is plain.
      int end = endOfFraction(bytes, from);
      if (end != NOT_PLAIN && end - from <= MAX_DOUBLE_LENGTH) {
        return end;
      }
    }
    boolean negative = byteAt(bytes, from) == '-';
    int firstDigit = negative ? from + 1 : from;
    int at = firstDigit;
    long digits = 0;
    byte b = byteAt(bytes, at);
    while (isDigit(b) && at - firstDigit <= MAX_DIGITS) {
      digits = digits * 10 + b - '0';
      at++;
      b = byteAt(bytes, at);
    }
    int whole = at - firstDigit;
    int scale = 0;
    if (b == '.') {
      at++;
      b = byteAt(bytes, at);
      while (isDigit(b) && whole + scale <= MAX_DIGITS) {
        digits = digits * 10 + b - '0';
        at++;
        scale++;
        b = byteAt(bytes, at);
      }
      if (scale == 0) {
        return NOT_PLAIN;
      }
    }
    boolean wrongOrRare =
        whole == 0
            || whole + scale > MAX_DIGITS
            || (whole > 1 && bytes[firstDigit] == '0')
            || (negative && digits == 0)
            || isDigit(b)
            || (b | 0x20) == 'e';
    boolean isDouble = column != JsonFields.NONE && kinds[column] == Kind.DOUBLE;
    if (wrongOrRare) {
      return isDouble ? readLongDouble(bytes, from, column, row) : NOT_PLAIN;
    }
    if (isDouble && digits >= MAX_EXACT_DOUBLE) {
      return readLongDouble(bytes, from, column, row);
    }
    long signed = negative ? -digits : digits;
    return column == JsonFields.NONE || store(signed, scale, column, row) ? at : NOT_PLAIN;
  }

  /**
   * Reads a fraction of more digits than a division can take, by the general parser's own means.
   */
  private int readLongDouble(byte[] bytes, int from, int column, Object[] row) {
    int end = endOfFraction(bytes, from);
    if (end == NOT_PLAIN || end - from > MAX_DOUBLE_LENGTH) {
      return NOT_PLAIN;
    }
    if (isUsed(column)) {
      // Exact numbers know no negative zero, and ksqlDB reads them as such.
      row[slots[column]] = NumberInput.parseDouble(ascii(bytes, from, end), true) + 0.0;
    }
    return end;
  }

  /**
   * Where a number ends that has a fraction, an exponent, or both. Whole numbers are not plain
   * here: the general parser takes them as whole ones.
   */
  private static int endOfFraction(byte[] bytes, int from) {
    int first = byteAt(bytes, from) == '-' ? from + 1 : from;
    int whole = endOfDigits(bytes, first);
    if (whole == first || (whole > first + 1 && bytes[first] == '0')) {
      return NOT_PLAIN;
    }
    int at = whole;
    if (byteAt(bytes, at) == '.') {
      at = endOfDigits(bytes, whole + 1);
      if (at == whole + 1) {
        return NOT_PLAIN;
      }
    }
    if ((byteAt(bytes, at) | 0x20) == 'e') {
      byte sign = byteAt(bytes, at + 1);
      int exponent = sign == '-' || sign == '+' ? at + 2 : at + 1;
      at = endOfDigits(bytes, exponent);
      if (at == exponent || at - exponent > MAX_EXPONENT_DIGITS) {
        return NOT_PLAIN;
      }
    }
    return at == whole ? NOT_PLAIN : at;
  }

  private static int endOfDigits(byte[] bytes, int from) {
    int at = from;
    while (isDigit(byteAt(bytes, at))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Keeps a number of a column, if it is asked for; false if the type takes it in its own way. */
  private boolean store(long digits, int scale, int column, Object[] row) {
    Kind kind = kinds[column];
    Object value;
    switch (kind) {
      case DOUBLE -> {
        value = scale == 0 ? (double) digits : digits / POWERS_OF_TEN[scale];
      }
      case DECIMAL -> {
        try {
          value =
              DecimalColumns.fit(
                  BigDecimal.valueOf(digits, scale), (SqlType.Decimal) types[column]);
        } catch (ArithmeticException e) {
          return false;
        }
      }
      case INTEGER, BIGINT, TIME, DATE, TIMESTAMP -> {
        if (scale != 0 || (kind == Kind.TIME && !SqlTimes.isTimeOfDay(digits))) {
          return false;
        }
        value = whole(kind, digits);
      }
      default -> {
        return kind == Kind.STRING && !isUsed(column);
      }
    }
    if (isUsed(column)) {
      row[slots[column]] = value;
    }
    return true;
  }

  private static Object whole(Kind kind, long number) {
    return switch (kind) {
      case INTEGER -> (int) number;
      case TIME -> new Time(number);
      case DATE -> new Date(TimeUnit.DAYS.toMillis(number));
      case TIMESTAMP -> new Timestamp(number);
      default -> number;
    };
  }
}
