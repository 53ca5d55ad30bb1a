package dev.flagstream.udf.features;

import dev.flagstream.udf.features.state.StateReader;
import dev.flagstream.udf.features.state.StateWriter;
import java.nio.ByteBuffer;

/**
 * The state of a merchant as bytes, and the way that nearly all transactions take through it: one
 * that is hardly older than the newest is measured and put in its place near the end without
 * reading those before, so that its cost does not grow with their number (their bytes are copied).
 * For each edge of a window there is a place in the transactions; as time goes on, places move past
 * what enters and leaves. They lag behind the newest, for those that come a little late. Whatever
 * else comes goes through {@link MerchantHistory}, which reads all: a transaction that comes later
 * than that, or again, or is one too many; a label; a row of nothing; the first after hours or
 * labels are old enough to be let go of, or after the feedback delay was set anew.
 *
 * <p>In bytes (all numbers as {@link StateWriter} writes them):
 *
 * <ul>
 *   <li>the head: the version of this form, how many were merged, how many came too late, the
 *       measurement of the latest arrival, if any;
 *   <li>how many transactions are kept one by one;
 *   <li>how many bytes the next two take: {@link MerchantHours hours} and {@link MerchantLabels
 *       labels};
 *   <li>if there are transactions: the feedback delay by which places were found, the time up to
 *       which they have moved, the time of the first transaction, and by how much the newest is
 *       later;
 *   <li>for each edge: how many transactions are before it, and the place and time of the next, or
 *       the end and the last one's time;
 *   <li>what {@link MerchantCounts counts} of hours and labels;
 *   <li>how many bytes the transactions take, and these, oldest first: time since the one before
 *       (of the first one it means nothing), id.
 * </ul>
 *
 * <p>Not thread-safe.
 */
final class PackedMerchantHistory {

  static final int VERSION = 2;

  /** How long the places lag behind the newest, if the grace period is not shorter. */
  private static final long LAG_MS = 60_000;

  /** What one that is put in adds at most, and what a new head may take more. */
  private static final int MORE_BYTES = 200;

  private static final int BYTES_EXPECTED_PER_EVENT = 8;

  /** Differences of times within it do not overflow. */
  private static final long SANE_MS = 1L << 61;

  /** The edge from which on a transaction is put in its place. */
  private static final int LATEST = 0;

  /** The edge that all windows end at. */
  private static final int END = 1;

  /** The edge that the shortest window begins at; those of the others follow. */
  private static final int BEGIN = 2;

  private static final int EDGES = BEGIN + MerchantWindow.COUNT;

  private final StateReader reader;
  private final long delayMs;
  private final long newestMs;
  private final Place[] edges = new Place[EDGES];

  /** Where hours and labels are in the state. */
  private final int olderAt;

  private final int olderEnd;

  /** Where the transactions are in the state; places in them are counted from there. */
  private final int eventsAt;

  private final int eventBytes;

  private MerchantCounts counts;
  private long movedToMs;
  private long firstMs;
  private long size;
  private long dropped;

  /** The place of the first that is not let go of. */
  private int begin;

  /**
   * Reads all but hours, labels and the transactions themselves, of which there is at least one.
   */
  private PackedMerchantHistory(StateReader reader, int olderAt, int olderEnd, long size) {
    this.reader = reader;
    this.olderAt = olderAt;
    this.olderEnd = olderEnd;
    this.size = size;
    delayMs = reader.readVarint();
    movedToMs = reader.readSigned();
    firstMs = reader.readSigned();
    newestMs = firstMs + reader.readVarint();
    for (int edge = 0; edge < EDGES; edge++) {
      long before = reader.readVarint();
      int place = (int) reader.readVarint();
      edges[edge] = new Place(before, place, firstMs + reader.readVarint());
    }
    counts = MerchantCounts.read(reader);
    eventBytes = reader.readSize();
    eventsAt = reader.position();
  }

  /** A place between transactions. */
  private static final class Place {

    /** How many transactions are before it, those that were let go of included. */
    private long before;

    private int place;

    /** The time of the next one, if there is one. */
    private long timeMs;

    Place(long before, int place, long timeMs) {
      this.before = before;
      this.place = place;
      this.timeMs = timeMs;
    }

    Place copy() {
      return new Place(before, place, timeMs);
    }
  }

  /**
   * The state after a transaction that comes at its end or hardly before.
   *
   * @return null if it does not, if it is there already, if the state is of another form, or cannot
   *     be read or is to be written anew: {@link MerchantHistory} knows what to do
   */
  static ByteBuffer followedBy(
      MerchantEvent.Transaction event, ByteBuffer state, FeatureSettings settings) {
    if (state == null || !state.hasRemaining()) {
      return null;
    }
    StateReader reader = new StateReader(state);
    if (reader.readByte() != VERSION) {
      return null;
    }
    try {
      long merged = reader.readVarint();
      long tooLate = reader.readVarint();
      MerchantMeasurement unused = reader.readByte() == 1 ? MerchantMeasurement.read(reader) : null;
      long size = reader.readVarint();
      if (size <= 0 || size >= settings.maxEvents()) {
        return null;
      }
      int olderBytes = reader.readSize();
      int olderAt = reader.position();
      int olderEnd = olderAt + olderBytes;
      reader.moveTo(olderEnd);
      PackedMerchantHistory history = new PackedMerchantHistory(reader, olderAt, olderEnd, size);
      return history.takes(event, settings) ? history.with(event, merged, tooLate, settings) : null;
    } catch (IndexOutOfBoundsException damaged) {
      return null;
    }
  }

  /**
   * Reads all transactions of a state.
   *
   * @param reader is behind hours and labels
   * @param size their number, which is not 0
   * @param into receives them
   */
  static void read(StateReader reader, int size, MerchantTransactions into) {
    PackedMerchantHistory history = new PackedMerchantHistory(reader, 0, 0, size);
    long timeMs = history.firstMs;
    for (int i = 0; i < size; i++) {
      long sinceLast = reader.readVarint();
      timeMs = i == 0 ? timeMs : timeMs + sinceLast;
      into.insert(new MerchantEvent.Transaction(reader.readInt(), timeMs));
    }
  }

  private boolean takes(MerchantEvent.Transaction event, FeatureSettings settings) {
    long timeMs = event.timeMs();
    if (!isSane(timeMs) || !isSane(firstMs) || !isSane(newestMs) || !isSane(movedToMs)) {
      return false;
    }
    reader.moveTo(olderAt);
    return delayMs == settings.feedbackDelayMs()
        && timeMs >= Math.max(movedToMs, newestMs - lagMs(settings))
        && timeMs > MerchantHours.readMergedUntilMs(reader);
  }

  private static boolean isSane(long timeMs) {
    return -SANE_MS < timeMs && timeMs < SANE_MS;
  }

  /** Within the grace period nothing that a window reaches has been let go of. */
  private static long lagMs(FeatureSettings settings) {
    return Math.min(LAG_MS, settings.graceMs());
  }

  private ByteBuffer with(
      MerchantEvent.Transaction event, long merged, long tooLate, FeatureSettings settings) {
    long newestNowMs = Math.max(newestMs, event.timeMs());
    moveTo(Math.max(movedToMs, newestNowMs - lagMs(settings)));
    Place at = placeOf(event);
    if (at == null) {
      return null;
    }
    long oldestNeededMs = MerchantHistory.oldestNeededMs(newestNowMs, settings);
    if (!counts.holdAt(event.timeMs()) && !countAnew(event.timeMs(), oldestNeededMs, settings)) {
      return null;
    }
    MerchantMeasurement latest = measured(event.timeMs());
    forgetUntil(oldestNeededMs);

    StateWriter writer = new StateWriter(eventsAt + eventBytes - begin + MORE_BYTES);
    writer.writeByte(VERSION);
    writer.writeVarint(merged);
    writer.writeVarint(tooLate);
    writer.writeByte(1);
    latest.writeTo(writer);
    writer.writeVarint(size + 1);
    writer.writeVarint(olderEnd - olderAt);
    reader.copyTo(writer, olderAt, olderEnd);
    writer.writeVarint(delayMs);
    writer.writeSigned(movedToMs);
    long first = at.place == begin ? event.timeMs() : firstMs;
    writer.writeSigned(first);
    writer.writeVarint(newestNowMs - first);
    for (Place edge : edges) {
      long nextMs = edge.place == at.place ? event.timeMs() : edge.timeMs;
      write(writer, edge.before - dropped, edge.place - begin, nextMs - first);
    }
    counts.writeTo(writer);
    writeEvents(event, at, writer);
    return writer.toBuffer();
  }

  // ------------------------------------------------------------------- what windows hold, and lose

  /** Moves each edge to where it was a moment before a time: nothing is put in before it. */
  private void moveTo(long timeMs) {
    movedToMs = timeMs;
    for (int edge = 0; edge < EDGES; edge++) {
      moveOver(edges[edge], timeMs - 1 - backMs(edge, delayMs));
    }
  }

  /** How far before the time that is measured an edge is. */
  private static long backMs(int edge, long delayMs) {
    return switch (edge) {
      case LATEST -> 0;
      case END -> delayMs;
      default -> delayMs + MerchantWindow.at(edge - BEGIN).sizeMs;
    };
  }

  /** Moves a place behind all that are not later than a time. */
  private void moveOver(Place place, long timeMs) {
    while (place.place < eventBytes && place.timeMs <= timeMs) {
      moveOn(place);
    }
  }

  private void moveOn(Place place) {
    reader.moveTo(eventsAt + place.place);
    long unusedMs = reader.readVarint();
    int unusedId = reader.readInt();
    place.place = reader.position() - eventsAt;
    place.before++;
    if (place.place < eventBytes) {
      place.timeMs += reader.readVarint();
    }
  }

  /** Where a transaction is to be put, behind all that are not later; null if it is there. */
  private Place placeOf(MerchantEvent.Transaction event) {
    Place place = edges[LATEST].copy();
    moveOver(place, event.timeMs() - 1);
    while (place.place < eventBytes && place.timeMs == event.timeMs()) {
      reader.moveTo(eventsAt + place.place);
      long unusedMs = reader.readVarint();
      if (reader.readInt() == event.id() && event.id() != 0) {
        return null;
      }
      moveOn(place);
    }
    return place;
  }

  /** Lets go of those that are not later than a time. */
  private void forgetUntil(long timeMs) {
    Place first = new Place(0, begin, firstMs);
    while (first.place < eventBytes && first.timeMs <= timeMs) {
      for (Place edge : edges) {
        if (edge.place == first.place) {
          moveOn(edge);
        }
      }
      moveOn(first);
    }
    begin = first.place;
    firstMs = first.timeMs;
    dropped = first.before;
    size -= dropped;
  }

  // ------------------------------------------------------------------------------------- measuring

  private MerchantMeasurement measured(long timeMs) {
    // Without a delay the transaction is itself among those that it is measured by.
    long ended = before(END, timeMs) + (delayMs == 0 ? 1 : 0);
    MerchantMeasurement measured = new MerchantMeasurement();
    for (int window = 0; window < MerchantWindow.COUNT; window++) {
      measured.counts[window] = ended - before(BEGIN + window, timeMs) + counts.merged[window];
      measured.frauds[window] = counts.frauds[window];
    }
    return measured;
  }

  /** Counts hours and labels, unless some of them are to be let go of. */
  private boolean countAnew(long timeMs, long oldestNeededMs, FeatureSettings settings) {
    reader.moveTo(olderAt);
    MerchantHours hours = MerchantHours.read(reader);
    MerchantLabels labels = MerchantLabels.read(reader);
    if (hours.haveUpTo(oldestNeededMs) || labels.haveUpTo(oldestNeededMs)) {
      return false;
    }
    counts = new MerchantCounts(timeMs, settings);
    hours.count(counts);
    labels.count(counts);
    return true;
  }

  /** How many are before an edge at a time. */
  private long before(int edge, long timeMs) {
    Place place = edges[edge].copy();
    moveOver(place, timeMs - backMs(edge, delayMs));
    return place.before;
  }

  // --------------------------------------------------------------------------------------- writing

  private void writeEvents(MerchantEvent.Transaction event, Place at, StateWriter writer) {
    StateWriter put = new StateWriter(32);
    int rest = at.place;
    if (at.place == eventBytes) {
      writeEvent(put, event.timeMs() - newestMs, event.id());
    } else {
      reader.moveTo(eventsAt + at.place);
      long beforeMs = at.timeMs - reader.readVarint();
      rest = reader.position() - eventsAt;
      writeEvent(put, event.timeMs() - beforeMs, event.id());
      put.writeVarint(at.timeMs - event.timeMs());
    }
    writer.writeVarint(at.place - begin + put.size() + eventBytes - rest);
    reader.copyTo(writer, eventsAt + begin, eventsAt + at.place);
    writer.write(put);
    reader.copyTo(writer, eventsAt + rest, eventsAt + eventBytes);
  }

  private static void writeEvent(StateWriter writer, long msSinceLast, int id) {
    writer.writeVarint(msSinceLast);
    writer.writeInt(id);
  }

  /** Writes all that follows hours and labels. There is at least one transaction. */
  static void write(
      StateWriter writer, MerchantTransactions transactions, FeatureSettings settings) {
    long newestMs = transactions.newestMs();
    long firstMs = transactions.timeMs(0);
    long movedToMs = newestMs - lagMs(settings);
    long delayMs = settings.feedbackDelayMs();
    int[] before = new int[EDGES];
    for (int edge = 0; edge < EDGES; edge++) {
      before[edge] = transactions.upTo(movedToMs - 1 - backMs(edge, delayMs));
    }
    int[] places = new int[EDGES];
    StateWriter events = new StateWriter(transactions.size() * BYTES_EXPECTED_PER_EVENT);
    for (int i = 0; i < transactions.size(); i++) {
      setPlaces(before, i, events.size(), places);
      long timeMs = transactions.timeMs(i);
      writeEvent(events, i == 0 ? 0 : timeMs - transactions.timeMs(i - 1), transactions.id(i));
    }
    setPlaces(before, transactions.size(), events.size(), places);

    writer.writeVarint(delayMs);
    writer.writeSigned(movedToMs);
    writer.writeSigned(firstMs);
    writer.writeVarint(newestMs - firstMs);
    for (int edge = 0; edge < EDGES; edge++) {
      int next = Math.min(before[edge], transactions.size() - 1);
      write(writer, before[edge], places[edge], transactions.timeMs(next) - firstMs);
    }
    MerchantCounts.unknown().writeTo(writer);
    writer.writeVarint(events.size());
    writer.write(events);
  }

  private static void setPlaces(int[] before, int index, int place, int[] places) {
    for (int edge = 0; edge < EDGES; edge++) {
      if (before[edge] == index) {
        places[edge] = place;
      }
    }
  }

  private static void write(StateWriter writer, long before, int place, long msAfterFirst) {
    writer.writeVarint(before);
    writer.writeVarint(place);
    writer.writeVarint(msAfterFirst);
  }
}
