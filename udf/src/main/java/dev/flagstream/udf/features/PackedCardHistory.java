package dev.flagstream.udf.features;

import dev.flagstream.udf.features.state.SquareSum;
import dev.flagstream.udf.features.state.StateReader;
import dev.flagstream.udf.features.state.StateWriter;
import java.nio.ByteBuffer;

/**
 * The state of a card as bytes, and the way that nearly all transactions take through it: one that
 * is not older than the newest is measured and put at the end without reading those in between, so
 * that its cost does not grow with their number. For each window there is a place where it begins,
 * with what is in it; a later transaction moves the places on, past what leaves. Whatever else
 * comes (late, or there already) goes through {@link CardHistory}, which reads all.
 *
 * <p>In bytes (all numbers as {@link StateWriter} writes them):
 *
 * <ul>
 *   <li>the head: the version of this form, how many were dropped, how many came too late, the
 *       measurement of the latest arrival, if any, or how it repeats an earlier one;
 *   <li>how many transactions there are; if any, up to where in their topic they have been seen,
 *       the number that the first one has, its time, and by how much the newest is later;
 *   <li>for each window that ends at the newest, and for the recent ones: how many are in it, what
 *       they add up to (not of the recent), and the place and time of the first; for the longest
 *       also the sum of squares;
 *   <li>the kinds of transactions, as {@link CardKinds} has them;
 *   <li>id and place of each recent transaction: those of the grace period and the one before;
 *   <li>the transactions, oldest first: time since the one before, amount, kind.
 * </ul>
 *
 * <p>Numbers count on where the first ones are let go of. Not thread-safe.
 */
final class PackedCardHistory {

  static final int VERSION = 3;

  /** The form that did not say up to where transactions had been seen. */
  static final int VERSION_2 = 2;

  /** What one that is put at the end adds at most, and what a new head may take more. */
  private static final int MORE_BYTES = 300;

  /** Differences of times within it do not overflow. */
  private static final long SANE_MS = 1L << 61;

  private static final int MONTH = CardWindow.COUNT - 1;

  /** After those of the windows, the place where the recent ones begin. */
  private static final int RECENT = CardWindow.COUNT;

  private final StateReader reader;
  private final Arrival seenTo;
  private long firstNumber;
  private long firstMs;
  private long newestMs;
  private long size;

  private final long[] counts = new long[CardWindow.COUNT + 1];
  private final long[] sums = new long[CardWindow.COUNT];
  private final int[] places = new int[CardWindow.COUNT + 1];
  private final long[] times = new long[CardWindow.COUNT + 1];
  private SquareSum squares;

  private final CardKinds kinds;

  private long[] ids;
  private double[] lats;
  private double[] lons;

  /** Where the transactions are in the state; places in them are counted from there. */
  private int eventsAt;

  private int eventBytes;

  /** The place of the first that is not let go of. */
  private int begin;

  /** Reads all but the transactions themselves, of which there is at least one. */
  private PackedCardHistory(StateReader reader, int version, long size) {
    this.reader = reader;
    this.size = size;
    seenTo = version == VERSION_2 ? Arrival.UNKNOWN : Arrival.read(reader);
    firstNumber = reader.readVarint();
    firstMs = reader.readSigned();
    newestMs = firstMs + reader.readVarint();
    readWindows();
    kinds = CardKinds.read(reader);
    readRecent();
    eventBytes = reader.readSize();
    eventsAt = reader.position();
  }

  private void readWindows() {
    for (int window = 0; window <= RECENT; window++) {
      counts[window] = reader.readVarint();
      if (window < RECENT) {
        sums[window] = reader.readSigned();
      }
      places[window] = (int) reader.readVarint();
      times[window] = firstMs + reader.readVarint();
    }
    squares = SquareSum.read(reader);
  }

  private void readRecent() {
    int recent = reader.readSize();
    ids = new long[recent + 1];
    lats = new double[recent + 1];
    lons = new double[recent + 1];
    for (int i = 0; i < recent; i++) {
      ids[i] = reader.readLong();
      boolean hasPlace = reader.readByte() == 1;
      lats[i] = hasPlace ? reader.readDouble() : Double.NaN;
      lons[i] = hasPlace ? reader.readDouble() : Double.NaN;
    }
    if (recent != counts[RECENT]) {
      throw new IndexOutOfBoundsException("The state has other numbers of recent transactions");
    }
  }

  /**
   * The state after a transaction that follows all that are in it.
   *
   * @return null if it does not follow, if the state is of another form, or cannot be read or is to
   *     be written anew: {@link CardHistory} knows what to do
   */
  static ByteBuffer followedBy(CardEvent event, ByteBuffer state, FeatureSettings settings) {
    if (state == null || !state.hasRemaining()) {
      return null;
    }
    StateReader reader = new StateReader(state);
    if (reader.readByte() != VERSION) {
      return null;
    }
    try {
      long dropped = reader.readVarint();
      long tooLate = reader.readVarint();
      CardMeasurement unused = reader.readByte() == 1 ? CardMeasurement.read(reader) : null;
      long size = reader.readVarint();
      if (size <= 0) {
        return null;
      }
      PackedCardHistory history = new PackedCardHistory(reader, VERSION, size);
      return history.isFollowedBy(event) ? history.with(event, dropped, tooLate, settings) : null;
    } catch (IndexOutOfBoundsException damaged) {
      return null;
    }
  }

  /** Takes transactions that are read, oldest first. */
  interface EventConsumer {

    /**
     * Takes one.
     *
     * @param identified whether its id is known; its place is not known if it is not
     */
    void accept(CardEvent event, boolean identified);
  }

  /**
   * Reads all transactions of a state.
   *
   * @param reader is behind the head and the number of transactions
   * @param size that number, which is not 0
   * @return up to where in their topic they have been seen
   */
  static Arrival read(StateReader reader, int version, int size, EventConsumer each) {
    PackedCardHistory history = new PackedCardHistory(reader, version, size);
    long timeMs = history.firstMs;
    int firstRecent = (int) (size - history.counts[RECENT]);
    for (int i = 0; i < size; i++) {
      long sinceLast = reader.readVarint();
      timeMs = i == 0 ? timeMs : timeMs + sinceLast;
      long cents = reader.readSigned();
      int kind = (int) reader.readVarint();
      if (kind < 0 || kind >= history.kinds.count()) {
        throw new IndexOutOfBoundsException("The state has no kind " + kind);
      }
      int recent = i - firstRecent;
      each.accept(
          new CardEvent(
              Arrival.UNKNOWN,
              recent < 0 ? TextHash.NONE : history.ids[recent],
              timeMs,
              cents,
              history.kinds.merchant(kind),
              history.kinds.category(kind),
              history.kinds.country(kind),
              recent < 0 ? Double.NaN : history.lats[recent],
              recent < 0 ? Double.NaN : history.lons[recent],
              Double.NaN,
              Double.NaN),
          recent >= 0);
    }
    return history.seenTo;
  }

  private boolean isFollowedBy(CardEvent event) {
    if (event.timeMs() < newestMs || !isSane(event.timeMs()) || !isSane(firstMs)) {
      return false;
    }
    if (event.id() != TextHash.NONE) {
      for (int i = 0; i < counts[RECENT]; i++) {
        if (ids[i] == event.id()) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isSane(long timeMs) {
    return -SANE_MS < timeMs && timeMs < SANE_MS;
  }

  // Its loops are in methods of their own: the JVM compiled all of this anew for each that ran hot.
  private ByteBuffer with(CardEvent event, long dropped, long tooLate, FeatureSettings settings) {
    expire(event.timeMs());
    CardMeasurement latest = measured(event);
    long droppedNow = forget(event, settings);
    if (kinds.isMostlyGone(firstNumber)) {
      return null;
    }
    int kind =
        kinds.number(
            event.merchant(), event.category(), event.country(), firstNumber + size, firstNumber);
    enter(event);
    int firstRecent = recentFrom(event, settings);

    StateWriter writer = new StateWriter(eventsAt + eventBytes - begin + MORE_BYTES);
    writer.writeByte(VERSION);
    writer.writeVarint(dropped + droppedNow);
    writer.writeVarint(tooLate);
    writer.writeByte(1);
    latest.writeTo(writer);
    writer.writeVarint(size + 1);
    seenTo.orLater(event.arrival()).writeTo(writer);
    writer.writeVarint(firstNumber);
    long first = size == 0 ? event.timeMs() : firstMs;
    writer.writeSigned(first);
    writer.writeVarint(event.timeMs() - first);
    writeWindows(writer, first);
    squares.writeTo(writer);
    kinds.writeTo(writer);
    writeRecent(writer, firstRecent);
    writeEvents(writer, event, kind);
    return writer.toBuffer();
  }

  // ------------------------------------------------------------------- what windows hold, and lose

  /** Takes out of each window what it does not reach back to from a time. */
  private void expire(long nowMs) {
    for (int window = 0; window < CardWindow.COUNT; window++) {
      while (counts[window] > 0 && nowMs - times[window] >= CardWindow.at(window).sizeMs) {
        leave(window);
      }
    }
  }

  /** Takes the first one out of a window that has one. */
  private void leave(int window) {
    reader.moveTo(eventsAt + places[window]);
    long unusedMs = reader.readVarint();
    long cents = reader.readSigned();
    long unusedKind = reader.readVarint();
    places[window] = reader.position() - eventsAt;
    counts[window]--;
    sums[window] -= cents;
    if (window == MONTH) {
      squares.remove(cents);
    }
    if (places[window] < eventBytes) {
      times[window] += reader.readVarint();
    }
  }

  private void enter(CardEvent event) {
    int known = (int) counts[RECENT];
    ids[known] = event.id();
    lats[known] = event.lat();
    lons[known] = event.lon();
    for (int window = 0; window <= RECENT; window++) {
      if (counts[window] == 0) {
        places[window] = eventBytes;
        times[window] = event.timeMs();
      }
      counts[window]++;
      if (window < RECENT) {
        sums[window] += event.amountCents();
      }
    }
    squares.add(event.amountCents());
  }

  /**
   * Lets go of what no window can reach any more, and of the oldest of too many, of which it says
   * how many.
   */
  private long forget(CardEvent event, FeatureSettings settings) {
    long reachMs = CardWindow.MONTH.sizeMs + settings.graceMs();
    while (size > 0 && event.timeMs() - firstMs >= reachMs) {
      forgetFirst();
    }
    long tooMany = Math.max(0, size + 1 - settings.maxEvents());
    for (long i = 0; i < tooMany; i++) {
      forgetFirst();
    }
    return tooMany;
  }

  private void forgetFirst() {
    for (int window = 0; window < CardWindow.COUNT; window++) {
      if (counts[window] > 0 && places[window] == begin) {
        leave(window);
      }
    }
    begin = placeAfter(begin);
    size--;
    firstNumber++;
    if (size > 0) {
      firstMs += reader.readVarint();
    }
  }

  /** The place of the next transaction, where the reader is then. */
  private int placeAfter(int place) {
    reader.moveTo(eventsAt + place);
    long unusedMs = reader.readVarint();
    long unusedCents = reader.readSigned();
    long unusedKind = reader.readVarint();
    return reader.position() - eventsAt;
  }

  /** The index of the first that stays recent: those of the grace period and the one before. */
  private int recentFrom(CardEvent event, FeatureSettings settings) {
    long graceBegins = event.timeMs() - settings.graceMs();
    int first = 0;
    while (counts[RECENT] > 1) {
      int second = placeAfter(places[RECENT]);
      long secondMs = second == eventBytes ? event.timeMs() : times[RECENT] + reader.readVarint();
      if (counts[RECENT] <= size + 1 && secondMs >= graceBegins) {
        break;
      }
      counts[RECENT]--;
      places[RECENT] = second;
      times[RECENT] = secondMs;
      first++;
    }
    return first;
  }

  // ------------------------------------------------------------------------------------- measuring

  private CardMeasurement measured(CardEvent event) {
    CardMeasurement measured = new CardMeasurement();
    measured.timeMs = event.timeMs();
    measured.amountCents = event.amountCents();
    for (int window = 0; window < CardWindow.COUNT; window++) {
      measured.counts[window] = counts[window] + 1;
      measured.sumsCents[window] = sums[window] + event.amountCents();
    }
    measured.compareAmount(counts[MONTH], sums[MONTH], squares);
    long firstInMonth = firstNumber + size - counts[MONTH];
    measured.newMerchant =
        isNew(event.merchant(), kinds.hasMerchant(event.merchant(), firstInMonth));
    measured.newCategory =
        isNew(event.category(), kinds.hasCategory(event.category(), firstInMonth));
    measured.newCountry = isNew(event.country(), kinds.hasCountry(event.country(), firstInMonth));
    measured.kmFromHome =
        GreatCircle.km(event.lat(), event.lon(), event.homeLat(), event.homeLon());
    if (counts[MONTH] > 0) {
      int last = (int) counts[RECENT] - 1;
      measured.msSinceLast = event.timeMs() - newestMs;
      measured.kmFromLast = GreatCircle.km(event.lat(), event.lon(), lats[last], lons[last]);
    }
    return measured;
  }

  private static int isNew(int value, boolean wasThere) {
    return value == 0 ? CardMeasurement.UNKNOWN : wasThere ? 0 : 1;
  }

  // --------------------------------------------------------------------------------------- writing

  private void writeWindows(StateWriter writer, long first) {
    for (int window = 0; window <= RECENT; window++) {
      writer.writeVarint(counts[window]);
      if (window < RECENT) {
        writer.writeSigned(sums[window]);
      }
      writer.writeVarint(places[window] - begin);
      writer.writeVarint(times[window] - first);
    }
  }

  private void writeRecent(StateWriter writer, int first) {
    int count = (int) counts[RECENT];
    writer.writeVarint(count);
    for (int i = first; i < first + count; i++) {
      writeRecent(writer, ids[i], lats[i], lons[i]);
    }
  }

  static void writeRecent(StateWriter writer, long id, double lat, double lon) {
    boolean hasPlace = !Double.isNaN(lat) && !Double.isNaN(lon);
    writer.writeLong(id);
    writer.writeByte(hasPlace ? 1 : 0);
    if (hasPlace) {
      writer.writeDouble(lat);
      writer.writeDouble(lon);
    }
  }

  private void writeEvents(StateWriter writer, CardEvent event, int kind) {
    StateWriter last = new StateWriter(32);
    writeEvent(last, event.timeMs() - newestMs, event.amountCents(), kind);
    writer.writeVarint(eventBytes - begin + last.size());
    reader.copyTo(writer, eventsAt + begin, eventsAt + eventBytes);
    writer.write(last);
  }

  static void writeEvent(StateWriter writer, long msSinceLast, long cents, int kind) {
    writer.writeVarint(msSinceLast);
    writer.writeSigned(cents);
    writer.writeVarint(kind);
  }
}
