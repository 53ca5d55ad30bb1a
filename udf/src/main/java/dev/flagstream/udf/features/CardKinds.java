package dev.flagstream.udf.features;

import dev.flagstream.udf.features.state.StateReader;
import dev.flagstream.udf.features.state.StateWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The kinds of a card's transactions: those of one kind have merchant, category and country in
 * common, so that each of them needs only its kind's number. Of each kind the number of the last
 * transaction is known. Not thread-safe.
 *
 * <p>In bytes: how many there are; of each the merchant, category and country, or how far back the
 * same one was, and the number of the last transaction.
 */
final class CardKinds {

  /** In so many bits is said how far back the same category or country was. */
  private static final int BITS = 4;

  private static final int FURTHEST_BACK = (1 << BITS) - 1;

  /** So many kinds of transactions that are gone may always stay. */
  private static final int MOST_GONE = 16;

  private record Kind(int merchant, int category, int country) {}

  /** Of kinds that are numbered anew, which may be many; null where they were read. */
  private final Map<Kind, Integer> numbers;

  /** Where those that were read are; null if none were, or if one of them was replaced. */
  private StateReader source;

  /** Where each that was read begins, and where the last one ends. */
  private int[] places;

  /** The kind whose last transaction is another than was read; -1 if none. */
  private int changed = -1;

  private int count;
  private int[] merchants;
  private int[] categories;
  private int[] countries;
  private long[] lasts;

  private CardKinds(int capacity, Map<Kind, Integer> numbers) {
    this.numbers = numbers;
    merchants = new int[capacity];
    categories = new int[capacity];
    countries = new int[capacity];
    lasts = new long[capacity];
  }

  /** No kinds yet, to be told by {@link #number}. */
  static CardKinds none() {
    return new CardKinds(8, new HashMap<>());
  }

  static CardKinds read(StateReader reader) {
    int count = reader.readSize();
    CardKinds kinds = new CardKinds(count + 1, null);
    kinds.source = reader;
    kinds.places = new int[count + 1];
    for (int i = 0; i < count; i++) {
      kinds.places[i] = reader.position();
      kinds.merchants[i] = reader.readInt();
      int back = reader.readByte();
      kinds.categories[i] = readValue(reader, kinds.categories, i, back & FURTHEST_BACK);
      kinds.countries[i] = readValue(reader, kinds.countries, i, back >> BITS & FURTHEST_BACK);
      kinds.lasts[i] = reader.readVarint();
    }
    kinds.places[count] = reader.position();
    kinds.count = count;
    return kinds;
  }

  private static int readValue(StateReader reader, int[] values, int i, int back) {
    return back == 0 ? reader.readInt() : values[i - back];
  }

  /** Those that are as they were read are copied as they are: all but one, nearly always. */
  void writeTo(StateWriter writer) {
    writer.writeVarint(count);
    int read = source == null ? 0 : places.length - 1;
    if (changed >= 0 && changed < read) {
      source.copyTo(writer, places[0], places[changed]);
      write(writer, changed);
      source.copyTo(writer, places[changed + 1], places[read]);
    } else if (read > 0) {
      source.copyTo(writer, places[0], places[read]);
    }
    for (int i = read; i < count; i++) {
      write(writer, i);
    }
  }

  private void write(StateWriter writer, int i) {
    int category = backToSame(categories, i);
    int country = backToSame(countries, i);
    writer.writeInt(merchants[i]);
    writer.writeByte(category | country << BITS);
    if (category == 0) {
      writer.writeInt(categories[i]);
    }
    if (country == 0) {
      writer.writeInt(countries[i]);
    }
    writer.writeVarint(lasts[i]);
  }

  /** How far back the same value is; 0 if it is not, or too far. */
  private static int backToSame(int[] values, int i) {
    for (int back = 1; back <= FURTHEST_BACK && back <= i; back++) {
      if (values[i - back] == values[i]) {
        return back;
      }
    }
    return 0;
  }

  int count() {
    return count;
  }

  int merchant(int kind) {
    return merchants[kind];
  }

  int category(int kind) {
    return categories[kind];
  }

  int country(int kind) {
    return countries[kind];
  }

  /** Whether there is one of this merchant since the transaction of a number. */
  boolean hasMerchant(int merchant, long since) {
    return has(merchants, merchant, since);
  }

  boolean hasCategory(int category, long since) {
    return has(categories, category, since);
  }

  boolean hasCountry(int country, long since) {
    return has(countries, country, since);
  }

  private boolean has(int[] values, int value, long since) {
    for (int i = 0; i < count; i++) {
      if (values[i] == value && lasts[i] >= since) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether most kinds are those of transactions that are gone: it is then time to number them
   * anew.
   *
   * @param firstNumber of the first transaction that is not
   */
  boolean isMostlyGone(long firstNumber) {
    int gone = 0;
    for (int i = 0; i < count; i++) {
      gone += lasts[i] < firstNumber ? 1 : 0;
    }
    return gone > MOST_GONE && gone > count / 2;
  }

  /**
   * The kind that a transaction is of: one that is there, else one in the place of a kind whose
   * transactions are gone.
   *
   * @param number of the transaction, which is the last of its kind now
   * @param firstNumber of the first transaction that is not gone
   */
  int number(int merchant, int category, int country, long number, long firstNumber) {
    int kind = find(merchant, category, country, firstNumber);
    if (kind == merchants.length) {
      int capacity = 2 * kind;
      merchants = Arrays.copyOf(merchants, capacity);
      categories = Arrays.copyOf(categories, capacity);
      countries = Arrays.copyOf(countries, capacity);
      lasts = Arrays.copyOf(lasts, capacity);
    }
    noteChange(kind, merchant, category, country);
    merchants[kind] = merchant;
    categories[kind] = category;
    countries[kind] = country;
    lasts[kind] = number;
    count = Math.max(count, kind + 1);
    return kind;
  }

  /** What later ones say of how far back the same value was holds if only the number is another. */
  private void noteChange(int kind, int merchant, int category, int country) {
    if (source == null || kind >= places.length - 1) {
      return;
    }
    boolean isSame =
        merchants[kind] == merchant && categories[kind] == category && countries[kind] == country;
    if (isSame && (changed < 0 || changed == kind)) {
      changed = kind;
    } else {
      source = null;
    }
  }

  private int find(int merchant, int category, int country, long firstNumber) {
    if (numbers != null) {
      return numbers.computeIfAbsent(new Kind(merchant, category, country), any -> count);
    }
    int free = count;
    for (int i = 0; i < count; i++) {
      if (merchants[i] == merchant && categories[i] == category && countries[i] == country) {
        return i;
      }
      if (lasts[i] < firstNumber) {
        free = i;
      }
    }
    return free;
  }
}
