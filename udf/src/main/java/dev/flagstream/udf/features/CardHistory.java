package dev.flagstream.udf.features;

import dev.flagstream.udf.features.state.SquareSum;
import dev.flagstream.udf.features.state.StateReader;
import dev.flagstream.udf.features.state.StateWriter;
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
 * <p>{@link PackedCardHistory} says what it is as bytes. Of transactions that are older than the
 * grace period the id is not kept: one that comes again then is known by time, amount, merchant,
 * category and country. States of version 1, which kept all ids, are read as well. A state of
 * another version, or one that cannot be read, counts as none.
 */
final class CardHistory {

  /** The form of earlier jars, and of the head that is passed on for {@link #readHead}. */
  private static final int VERSION_1 = 1;

  private static final int BYTES_EXPECTED_PER_EVENT = 9;
  private static final int BYTES_EXPECTED_BEFORE = 400;

  private static final int HAS_PLACE = 1;
  private static final int SAME_MERCHANT = 2;
  private static final int SAME_CATEGORY = 4;
  private static final int SAME_COUNTRY = 8;

  private static final int NOT_FOUND = -1;

  /** In the head, of the latest arrival; another kind than it and 0 is a {@link Repetition}. */
  private static final int MEASURED = 1;

  private long dropped;
  private long tooLate;
  private CardMeasurement latest;

  /** What the latest arrival is instead; null if it is measured, or was no transaction. */
  private Repetition repetition;

  private Arrival seenTo = Arrival.UNKNOWN;

  /** So many of the first are known by what they are rather than by their ids. */
  private int unidentified;

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
   * The bytes of the latest measurement and the counts, for {@link #readHead}, or of how it repeats
   * an earlier one; null if the latest arrival was no transaction.
   */
  static ByteBuffer headOf(ByteBuffer state) {
    if (!state.hasRemaining()) {
      return null;
    }
    try {
      StateReader reader = new StateReader(state);
      int version = reader.readByte();
      if (!isKnown(version)) {
        return null;
      }
      CardHistory head = readBody(reader, version, false);
      if (head.latest == null && head.repetition == null) {
        return null;
      }
      return reader.whatWasRead().put(0, (byte) VERSION_1);
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
      int version = reader.readByte();
      return isKnown(version) ? readBody(reader, version, events) : new CardHistory(1);
    } catch (IndexOutOfBoundsException damaged) {
      return new CardHistory(1);
    }
  }

  private static boolean isKnown(int version) {
    return version == VERSION_1
        || version == PackedCardHistory.VERSION_2
        || version == PackedCardHistory.VERSION;
  }

  private static CardHistory readBody(StateReader reader, int version, boolean events) {
    long dropped = reader.readVarint();
    long tooLate = reader.readVarint();
    int kind = reader.readByte();
    CardMeasurement latest = kind == MEASURED ? CardMeasurement.read(reader) : null;
    int size = events ? reader.readSize() : 0;
    CardHistory history = new CardHistory(size + 1);
    history.dropped = dropped;
    history.tooLate = tooLate;
    history.latest = latest;
    history.repetition = Repetition.ofKind(kind);
    if (version == VERSION_1) {
      for (int i = 0; i < size; i++) {
        history.readEventOfVersion1(reader);
      }
    } else if (size > 0) {
      history.seenTo = PackedCardHistory.read(reader, version, size, history::append);
    }
    return history;
  }

  private int kindOfLatest() {
    return repetition != null ? repetition.kind() : latest != null ? MEASURED : 0;
  }

  /**
   * How the latest arrival repeats an earlier one; null if it does not, or nothing says so. Reads
   * no further than to where it is said.
   */
  static Repetition repetitionIn(ByteBuffer head) {
    if (head == null || !head.hasRemaining()) {
      return null;
    }
    try {
      StateReader reader = new StateReader(head);
      if (!isKnown(reader.readByte())) {
        return null;
      }
      long unusedDropped = reader.readVarint();
      long unusedTooLate = reader.readVarint();
      return Repetition.ofKind(reader.readByte());
    } catch (IndexOutOfBoundsException damaged) {
      return null;
    }
  }

  private void readEventOfVersion1(StateReader reader) {
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

  private void append(CardEvent event, boolean identified) {
    if (!identified) {
      unidentified++;
    }
    insert(event, size);
  }

  private static int before(int[] values, int i) {
    return i == 0 ? 0 : values[i - 1];
  }

  /** The state as bytes. */
  ByteBuffer toBytes(FeatureSettings settings) {
    StateWriter writer = new StateWriter(BYTES_EXPECTED_BEFORE + size * BYTES_EXPECTED_PER_EVENT);
    writer.writeByte(PackedCardHistory.VERSION);
    writer.writeVarint(dropped);
    writer.writeVarint(tooLate);
    writer.writeByte(kindOfLatest());
    if (latest != null) {
      latest.writeTo(writer);
    }
    writer.writeVarint(size);
    if (size > 0) {
      writeEvents(writer, settings);
    }
    return writer.toBuffer();
  }

  private void writeEvents(StateWriter writer, FeatureSettings settings) {
    CardKinds kinds = CardKinds.none();
    int[] places = new int[size];
    StateWriter events = new StateWriter(size * BYTES_EXPECTED_PER_EVENT);
    for (int i = 0; i < size; i++) {
      places[i] = events.size();
      PackedCardHistory.writeEvent(
          events,
          i == 0 ? 0 : times[i] - times[i - 1],
          cents[i],
          kinds.number(merchants[i], categories[i], countries[i], i, 0));
    }
    seenTo.writeTo(writer);
    writer.writeVarint(0);
    writer.writeSigned(times[0]);
    writer.writeVarint(times[size - 1] - times[0]);
    SquareSum squares = new SquareSum();
    for (int window = 0; window < CardWindow.COUNT; window++) {
      int first = firstWithin(CardWindow.at(window).sizeMs);
      long sum = 0;
      for (int i = first; i < size; i++) {
        sum += cents[i];
        if (window == CardWindow.COUNT - 1) {
          squares.add(cents[i]);
        }
      }
      writer.writeVarint(size - first);
      writer.writeSigned(sum);
      writePlace(writer, places, first);
    }
    int firstRecent = Math.max(0, firstOfGracePeriod(settings) - 1);
    writer.writeVarint(size - firstRecent);
    writePlace(writer, places, firstRecent);
    squares.writeTo(writer);
    kinds.writeTo(writer);
    writer.writeVarint(size - firstRecent);
    for (int i = firstRecent; i < size; i++) {
      PackedCardHistory.writeRecent(writer, ids[i], lats[i], lons[i]);
    }
    writer.writeVarint(events.size());
    writer.write(events);
  }

  private void writePlace(StateWriter writer, int[] places, int first) {
    writer.writeVarint(places[first]);
    writer.writeVarint(times[first] - times[0]);
  }

  /** The first of those that are less than a window's size older than the newest, which is one. */
  private int firstWithin(long sizeMs) {
    int first = size - 1;
    while (first > 0 && times[size - 1] - times[first - 1] < sizeMs) {
      first--;
    }
    return first;
  }

  private int firstOfGracePeriod(FeatureSettings settings) {
    long from = times[size - 1] - settings.graceMs();
    int first = size;
    while (first > 0 && times[first - 1] >= from) {
      first--;
    }
    return first;
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
    repetition = null;
  }

  /**
   * Measures a transaction against those there are and adds it where it belongs in time, unless it
   * is there already or comes after the grace period. One whose id is there, and that came behind
   * all that were seen, is another record: it is not measured. The same record, processed once
   * more, is.
   */
  void add(CardEvent event, FeatureSettings settings) {
    int self = find(event);
    boolean isAnother = self != NOT_FOUND && seenTo.isBefore(event.arrival());
    seenTo = seenTo.orLater(event.arrival());
    if (isAnother) {
      latest = null;
      repetition = isAlike(event, self) ? Repetition.REPEATED : Repetition.REUSED;
      return;
    }
    repetition = null;
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
      repetition = other.repetition;
    }
    seenTo = seenTo.orLater(other.seenTo);
    for (int i = 0; i < other.size; i++) {
      CardEvent event = other.event(i);
      boolean isThere = i < other.unidentified ? hasAlike(event) : find(event) != NOT_FOUND;
      if (!isThere) {
        int place = upTo(other.times[i]);
        if (place < unidentified || i < other.unidentified) {
          unidentified = Math.max(unidentified, place) + 1;
        }
        insert(event, place);
      }
    }
    if (size > 0) {
      forget(settings);
    }
    return this;
  }

  private CardEvent event(int i) {
    return new CardEvent(
        Arrival.UNKNOWN,
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

  private int find(CardEvent event) {
    if (event.id() != TextHash.NONE) {
      for (int i = size - 1; i >= 0; i--) {
        if (i < unidentified ? isAlike(event, i) : ids[i] == event.id()) {
          return i;
        }
      }
    }
    return NOT_FOUND;
  }

  private boolean hasAlike(CardEvent event) {
    for (int i = 0; i < size; i++) {
      if (isAlike(event, i)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAlike(CardEvent event, int i) {
    return times[i] == event.timeMs()
        && cents[i] == event.amountCents()
        && merchants[i] == event.merchant()
        && categories[i] == event.category()
        && countries[i] == event.country();
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

  private void measureAmount(CardMeasurement measured, int begin, int end, int self) {
    long earlier = measured.counts[CardWindow.COUNT - 1] - 1;
    long sum = measured.sumsCents[CardWindow.COUNT - 1] - measured.amountCents;
    SquareSum squares = new SquareSum();
    for (int i = begin; i < end; i++) {
      if (i != self) {
        squares.add(cents[i]);
      }
    }
    measured.compareAmount(earlier, sum, squares);
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
    unidentified = Math.max(0, unidentified - count);
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
