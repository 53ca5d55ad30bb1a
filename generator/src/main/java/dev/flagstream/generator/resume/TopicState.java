package dev.flagstream.generator.resume;

import java.util.List;

/**
 * A topic as it is at one moment.
 *
 * @param id which the cluster gives it; a topic that was deleted and made again has another
 * @param logStarts the first offset that each partition still holds
 * @param ends the offset after the last record of each partition
 */
record TopicState(String name, String id, List<Long> logStarts, List<Long> ends) {

  int partitions() {
    return ends.size();
  }
}
