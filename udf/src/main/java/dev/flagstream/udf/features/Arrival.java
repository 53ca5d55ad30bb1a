package dev.flagstream.udf.features;

import dev.flagstream.udf.features.state.StateReader;
import dev.flagstream.udf.features.state.StateWriter;

/**
 * Where a record is in its topic: what tells a record that is processed once more, as after a
 * crash, from another one that says the same. Immutable.
 *
 * @param partition its partition; negative if it is not known
 * @param offset its offset there
 */
record Arrival(int partition, long offset) {

  /** Nobody said where. */
  static final Arrival UNKNOWN = new Arrival(-1, -1);

  /** The place that two columns tell; {@link #UNKNOWN} if one of them is null or negative. */
  static Arrival of(Integer partition, Long offset) {
    return partition == null || offset == null || partition < 0 || offset < 0
        ? UNKNOWN
        : new Arrival(partition, offset);
  }

  /** Whether it is certain that a record came after this one: behind it, in one partition. */
  boolean isBefore(Arrival later) {
    return partition >= 0 && partition == later.partition && offset < later.offset;
  }

  /** The one up to which all has been seen, once another has come. */
  Arrival orLater(Arrival next) {
    return next.partition < 0 || next.isBefore(this) ? this : next;
  }

  void writeTo(StateWriter state) {
    state.writeSigned(partition);
    state.writeSigned(offset);
  }

  static Arrival read(StateReader state) {
    return new Arrival((int) state.readSigned(), state.readSigned());
  }
}
