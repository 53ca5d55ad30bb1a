package dev.flagstream.udf.features;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The transactions of one card that are still needed, oldest first; those of one millisecond in the
 * order in which they came. Lives as long as one call. Not thread-safe.
 *
 * <p>Kept are those of the longest window and of the grace period, both counted back from the
 * newest, and no more than a number of them; where each took place only for the grace period and
 * the one before it, since no later transaction can follow an older one.
 *
 * <p>In bytes (all numbers as {@link StateWriter} writes them): the version of this form, how many
 * were dropped, how many came too late; the measurement of the latest arrival, if any; the number
 * of transactions and each of them. A state of another version, or one that cannot be read, counts
 * as none.
 */
final class CardHistory {

  private static final int VERSION = 1;
  private static final int BYTES_EXPECTED_PER_EVENT = 26;
  private static final int BYTES_EXPECTED_BEFORE = 120;

  private static final int HAS_PLACE = 1;
  private static final int SAME_MERCHANT = 2;
  private static final int SAME_CATEGORY = 4;
  private static final int SAME_COUNTRY = 8;

  private static final int NOT_FOUND = -1;

  private long dropped;
  private long tooLate;
  private CardMeasurement latest;

  private int size;
  private long[] times;
  private long[] ids;
  private long[] cents;
  private int[] merchants;
  private int[] categories;
  private int[] countries;
  private double[] lats;
  private double[] lons;

  private CardHistory(int capacity) {
    times = new long[capacity];
    ids = new long[capacity];
    cents = new long[capacity];
    merchants = new int[capacity];
    categories = new int[capacity];
    countries = new int[capacity];
    lats = new double[capacity];
    lons = new double[capacity];
  }

  /** Reads a state; none, or one that cannot be read, is a card without a history. */
  static CardHistory read(ByteBuffer state) {
    return read(state, true);
  }

  /** Reads the latest measurement and the counts only. */
  static CardHistory readHead(ByteBuffer state) {
    return read(state, false);
  }

  /**
   * The bytes of the latest measurement and the counts, for {@link #readHead}; null if the latest
   * arrival was no transaction.
   */
  static ByteBuffer headOf(ByteBuffer state) {
    if (!state.hasRemaining()) {
      return null;
    }
    try {
      StateReader reader = new StateReader(state);
      return reader.readByte() == VERSION && readBody(reader, false).latest != null
          ? reader.whatWasRead()
          : null;
    } catch (IndexOutOfBoundsException damaged) {
      return null;
    }
  }

  private static CardHistory read(ByteBuffer state, boolean events) {
    if (state == null || !state.hasRemaining()) {
      return new CardHistory(1);
    }
    try {
      StateReader reader = new StateReader(state);
      return reader.readByte() == VERSION ? readBody(reader, events) : new CardHistory(1);
    } catch (IndexOutOfBoundsException damaged) {
      return new CardHistory(1);
    }
  }

  private static CardHistory readBody(StateReader reader, boolean events) {
    long dropped = reader.readVarint();
    long tooLate = reader.readVarint();
    CardMeasurement latest = reader.readByte() == 1 ? CardMeasurement.read(reader) : null;
    int size = events ? reader.readSize() : 0;
    CardHistory history = new CardHistory(size + 1);
    history.dropped = dropped;
    history.tooLate = tooLate;
    history.latest = latest;
    for (int i = 0; i < size; i++) {
      history.readEvent(reader);
    }
    return history;
  }

  private void readEvent(StateReader reader) {
    int i = size++;
    int flags = reader.readByte();
    times[i] = i == 0 ? reader.readSigned() : times[i - 1] + reader.readVarint();
    ids[i] = reader.readLong();
    cents[i] = reader.readSigned();
    merchants[i] = (flags & SAME_MERCHANT) != 0 ? before(merchants, i) : reader.readInt();
    categories[i] = (flags & SAME_CATEGORY) != 0 ? before(categories, i) : reader.readInt();
    countries[i] = (flags & SAME_COUNTRY) != 0 ? before(countries, i) : reader.readInt();
    boolean hasPlace = (flags & HAS_PLACE) != 0;
    lats[i] = hasPlace ? reader.readDouble() : Double.NaN;
    lons[i] = hasPlace ? reader.readDouble() : Double.NaN;
  }

  private static int before(int[] values, int i) {
    return i == 0 ? 0 : values[i - 1];
  }

  /** The state as bytes. */
  ByteBuffer toBytes(FeatureSettings settings) {
    StateWriter writer = new StateWriter(BYTES_EXPECTED_BEFORE + size * BYTES_EXPECTED_PER_EVENT);
    writer.writeByte(VERSION);
    writer.writeVarint(dropped);
    writer.writeVarint(tooLate);
    writer.writeByte(latest == null ? 0 : 1);
    if (latest != null) {
      latest.writeTo(writer);
    }
    writer.writeVarint(size);
    int firstPlaced = size == 0 ? 0 : firstOfGracePeriod(settings) - 1;
    for (int i = 0; i < size; i++) {
      writeEvent(writer, i, i >= firstPlaced);
    }
    return writer.toBuffer();
  }

  private int firstOfGracePeriod(FeatureSettings settings) {
    long from = times[size - 1] - settings.graceMs();
    int first = size;
    while (first > 0 && times[first - 1] >= from) {
      first--;
    }
    return first;
  }

  private void writeEvent(StateWriter writer, int i, boolean withPlace) {
    boolean hasPlace = withPlace && !Double.isNaN(lats[i]) && !Double.isNaN(lons[i]);
    int flags =
        (hasPlace ? HAS_PLACE : 0)
            | (merchants[i] == before(merchants, i) ? SAME_MERCHANT : 0)
            | (categories[i] == before(categories, i) ? SAME_CATEGORY : 0)
            | (countries[i] == before(countries, i) ? SAME_COUNTRY : 0);
    writer.writeByte(flags);
    if (i == 0) {
      writer.writeSigned(times[0]);
    } else {
      writer.writeVarint(times[i] - times[i - 1]);
    }
    writer.writeLong(ids[i]);
    writer.writeSigned(cents[i]);
    if ((flags & SAME_MERCHANT) == 0) {
      writer.writeInt(merchants[i]);
    }
    if ((flags & SAME_CATEGORY) == 0) {
      writer.writeInt(categories[i]);
    }
    if ((flags & SAME_COUNTRY) == 0) {
      writer.writeInt(countries[i]);
    }
    if (hasPlace) {
      writer.writeDouble(lats[i]);
      writer.writeDouble(lons[i]);
    }
  }

  long dropped() {
    return dropped;
  }

  long tooLate() {
    return tooLate;
  }

  /** How many transactions are kept. */
  int size() {
    return size;
  }

  /** The features of the latest arrival; null if that was no transaction. */
  CardMeasurement latest() {
    return latest;
  }

  /** A row that is no transaction has no features and changes nothing else. */
  void passOver() {
    latest = null;
  }

  /**
   * Measures a transaction against those there are and adds it where it belongs in time, unless it
   * is there already or comes after the grace period.
   */
  void add(CardEvent event, FeatureSettings settings) {
    int self = find(event.id());
    latest = measure(event, self);
    if (self != NOT_FOUND) {
      return;
    }
    if (size > 0 && event.timeMs() < times[size - 1] - settings.graceMs()) {
      tooLate++;
      return;
    }
    insert(event, upTo(event.timeMs()));
    forget(settings);
  }

  /** Both histories as one; the latest arrival is the one that is later in time. */
  CardHistory mergedWith(CardHistory other, FeatureSettings settings) {
    dropped += other.dropped;
    tooLate += other.tooLate;
    if (latest == null || (other.latest != null && other.latest.timeMs > latest.timeMs)) {
      latest = other.latest;
    }
    for (int i = 0; i < other.size; i++) {
      if (find(other.ids[i]) == NOT_FOUND) {
        insert(other.event(i), upTo(other.times[i]));
      }
    }
    if (size > 0) {
      forget(settings);
    }
    return this;
  }

  private CardEvent event(int i) {
    return new CardEvent(
        ids[i],
        times[i],
        cents[i],
        merchants[i],
        categories[i],
        countries[i],
        lats[i],
        lons[i],
        Double.NaN,
        Double.NaN);
  }

  private int find(long id) {
    if (id != TextHash.NONE) {
      for (int i = size - 1; i >= 0; i--) {
        if (ids[i] == id) {
          return i;
        }
      }
    }
    return NOT_FOUND;
  }

  /** How many there are up to a time, that time included. */
  private int upTo(long timeMs) {
    int end = size;
    while (end > 0 && times[end - 1] > timeMs) {
      end--;
    }
    return end;
  }

  // ------------------------------------------------------------------------------------ measuring

  private CardMeasurement measure(CardEvent event, int self) {
    CardMeasurement measured = new CardMeasurement();
    measured.timeMs = event.timeMs();
    measured.amountCents = event.amountCents();
    int end = upTo(event.timeMs());
    int begin = measureWindows(measured, end, self);
    measureAmount(measured, begin, end, self);
    measureNews(measured, event, begin, end, self);
    measureDistances(measured, event, begin, end, self);
    return measured;
  }

  /** One pass back in time through all windows; the first index of the longest one comes out. */
  private int measureWindows(CardMeasurement measured, int end, int self) {
    long count = 1;
    long sum = measured.amountCents;
    int window = 0;
    int begin = end;
    while (true) {
      long ageMs = begin == 0 ? Long.MAX_VALUE : measured.timeMs - times[begin - 1];
      while (window < CardWindow.COUNT && ageMs >= CardWindow.at(window).sizeMs) {
        measured.counts[window] = count;
        measured.sumsCents[window] = sum;
        window++;
      }
      if (window == CardWindow.COUNT) {
        return begin;
      }
      begin--;
      if (begin != self) {
        count++;
        sum += cents[begin];
      }
    }
  }

  /** Ratio and z-score against the earlier ones: two passes, since squares of sums lose digits. */
  private void measureAmount(CardMeasurement measured, int begin, int end, int self) {
    long earlier = measured.counts[CardWindow.COUNT - 1] - 1;
    if (earlier == 0) {
      return;
    }
    long sum = measured.sumsCents[CardWindow.COUNT - 1] - measured.amountCents;
    double mean = sum / (double) earlier;
    if (sum != 0) {
      measured.amountRatio = measured.amountCents / mean;
    }
    double squares = 0;
    double rest = 0;
    boolean alike = true;
    long first = Long.MIN_VALUE;
    for (int i = begin; i < end; i++) {
      if (i != self) {
        double deviation = cents[i] - mean;
        squares += deviation * deviation;
        rest += deviation;
        alike &= first == Long.MIN_VALUE || cents[i] == first;
        first = cents[i];
      }
    }
    if (!alike) {
      double variance = (squares - rest * rest / earlier) / (earlier - 1);
      measured.amountZScore = (measured.amountCents - mean) / Math.sqrt(variance);
    }
  }

  private void measureNews(
      CardMeasurement measured, CardEvent event, int begin, int end, int self) {
    measured.newMerchant = isNew(event.merchant(), merchants, begin, end, self);
    measured.newCategory = isNew(event.category(), categories, begin, end, self);
    measured.newCountry = isNew(event.country(), countries, begin, end, self);
  }

  private static int isNew(int value, int[] values, int begin, int end, int self) {
    if (value == 0) {
      return CardMeasurement.UNKNOWN;
    }
    for (int i = end - 1; i >= begin; i--) {
      if (values[i] == value && i != self) {
        return 0;
      }
    }
    return 1;
  }

  private void measureDistances(
      CardMeasurement measured, CardEvent event, int begin, int end, int self) {
    measured.kmFromHome =
        GreatCircle.km(event.lat(), event.lon(), event.homeLat(), event.homeLon());
    int last = end - 1 == self ? end - 2 : end - 1;
    if (last >= begin) {
      measured.msSinceLast = event.timeMs() - times[last];
      measured.kmFromLast = GreatCircle.km(event.lat(), event.lon(), lats[last], lons[last]);
    }
  }

  // ------------------------------------------------------------------------------------- changing

  private void insert(CardEvent event, int place) {
    if (size == times.length) {
      grow();
    }
    int behind = size - place;
    if (behind > 0) {
      shift(times, place, behind);
      shift(ids, place, behind);
      shift(cents, place, behind);
      shift(merchants, place, behind);
      shift(categories, place, behind);
      shift(countries, place, behind);
      shift(lats, place, behind);
      shift(lons, place, behind);
    }
    size++;
    times[place] = event.timeMs();
    ids[place] = event.id();
    cents[place] = event.amountCents();
    merchants[place] = event.merchant();
    categories[place] = event.category();
    countries[place] = event.country();
    lats[place] = event.lat();
    lons[place] = event.lon();
  }

  private void grow() {
    int capacity = size + 1;
    times = Arrays.copyOf(times, capacity);
    ids = Arrays.copyOf(ids, capacity);
    cents = Arrays.copyOf(cents, capacity);
    merchants = Arrays.copyOf(merchants, capacity);
    categories = Arrays.copyOf(categories, capacity);
    countries = Arrays.copyOf(countries, capacity);
    lats = Arrays.copyOf(lats, capacity);
    lons = Arrays.copyOf(lons, capacity);
  }

  // An array of any primitive type; System.arraycopy knows which.
  private static void shift(Object array, int place, int behind) {
    System.arraycopy(array, place, array, place + 1, behind);
  }

  /** Lets go of what no window can reach any more, and of the oldest of too many. */
  private void forget(FeatureSettings settings) {
    long reachMs = CardWindow.MONTH.sizeMs + settings.graceMs();
    long newest = times[size - 1];
    int begin = 0;
    while (newest - times[begin] >= reachMs) {
      begin++;
    }
    int tooMany = size - begin - settings.maxEvents();
    if (tooMany > 0) {
      dropped += tooMany;
      begin += tooMany;
    }
    dropFirst(begin);
  }

  private void dropFirst(int count) {
    if (count == 0) {
      return;
    }
    size -= count;
    System.arraycopy(times, count, times, 0, size);
    System.arraycopy(ids, count, ids, 0, size);
    System.arraycopy(cents, count, cents, 0, size);
    System.arraycopy(merchants, count, merchants, 0, size);
    System.arraycopy(categories, count, categories, 0, size);
    System.arraycopy(countries, count, countries, 0, size);
    System.arraycopy(lats, count, lats, 0, size);
    System.arraycopy(lons, count, lons, 0, size);
  }
}
