package dev.flagstream.lake;

import dev.flagstream.client.lake.CommitManifest;
import dev.flagstream.client.lake.LakeStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the store has of one partition of a topic. It alone says where to go on: what Kafka keeps of
 * a consumer's offsets may be older or newer.
 *
 * <p>Rows are written in four steps, and a kill between any two loses or doubles none:
 *
 * <ol>
 *   <li>Data files are stored under names that no reader looks at.
 *   <li>A manifest that names them is created. Only now do they count; it is named after the offset
 *       that follows the last committed one, so a task that believes to have the partition, though
 *       another one has it by now, does not get it in.
 *   <li>The files are moved to where readers look, before the next ones are written.
 *   <li>The next time the partition is opened, what the last manifest names is moved if it was not,
 *       and files of writes that came too late are removed.
 * </ol>
 *
 * <p>For one thread.
 */
final class PartitionLog {

  private static final Logger LOG = LoggerFactory.getLogger(PartitionLog.class);
  private static final String PENDING = "_pending/";

  private final LakeStore store;
  private final String table;
  private final String topic;
  private final int partition;

  private Optional<CommitManifest> last = Optional.empty();

  /** Whether all files that the last manifest names are where readers look. */
  private boolean published = true;

  private PartitionLog(LakeStore store, String table, String topic, int partition) {
    this.store = store;
    this.table = table;
    this.topic = topic;
    this.partition = partition;
  }

  /** Another task has written what this one was about to write. */
  static final class LostRaceException extends IOException {

    private static final long serialVersionUID = 1L;

    LostRaceException(String message) {
      super(message);
    }
  }

  /** Opens it and completes what an earlier task has committed. */
  static PartitionLog open(LakeStore store, String table, String topic, int partition)
      throws IOException {
    PartitionLog log = new PartitionLog(store, table, topic, partition);
    List<LakeStore.Stored> manifests = store.list(CommitManifest.folder(topic, partition));
    if (!manifests.isEmpty()) {
      String newest = manifests.get(manifests.size() - 1).name();
      log.last = Optional.of(CommitManifest.read(store, newest));
      log.published = false;
      log.publish();
    }
    log.removeLeftovers();
    return log;
  }

  /** The last committed write; empty before the first. */
  Optional<CommitManifest> last() {
    return last;
  }

  /** The offset from which on nothing is committed. */
  long next() {
    return last.map(manifest -> manifest.last() + 1).orElse(0L);
  }

  /** The first offset of what is committed and not where readers look yet; empty if all is. */
  OptionalLong unpublishedFrom() {
    return published ? OptionalLong.empty() : OptionalLong.of(last.orElseThrow().first());
  }

  /**
   * Commits rows, after what was committed before is where readers look. When this returns, the
   * rows must not be written again; {@link #publish} shows them to readers.
   *
   * @throws LostRaceException if another task has written rows after the last ones known here;
   *     nothing of these rows counts then
   */
  void write(RowBuffer rows, long nowMs) throws IOException {
    publish();
    String pending = pendingFolder() + "%019d-%s/".formatted(next(), UUID.randomUUID());
    List<CommitManifest.DataFile> files = new ArrayList<>();
    for (RowBuffer.Day day : rows.days()) {
      String folder = "day=" + day.day() + "/";
      String name = pending + "day=" + day.day() + ".parquet";
      Path draft = store.draft(name);
      rows.export(day, draft);
      store.put(name, draft);
      files.add(
          new CommitManifest.DataFile(
              name,
              "%s/%s%s-%d-%012d-%012d.parquet"
                  .formatted(
                      table, folder, topic, partition, rows.firstOffset(), rows.lastOffset()),
              day.rows()));
    }
    CommitManifest manifest =
        new CommitManifest(
            topic,
            partition,
            next(),
            rows.firstOffset(),
            rows.lastOffset(),
            rows.lastTimeMs(),
            nowMs,
            files);
    if (!store.create(manifest.name(), manifest.bytes())) {
      throw lostRace();
    }
    // The manifest in whose place this one is may have been tidied away, after a pause of hours.
    if (!store.list(CommitManifest.folder(topic, partition), manifest.name()).isEmpty()) {
      store.delete(manifest.name());
      throw lostRace();
    }
    last = Optional.of(manifest);
    published = false;
  }

  private LostRaceException lostRace() {
    return new LostRaceException(
        "Another task has written %s-%d from offset %d on; this one's rows do not count"
            .formatted(topic, partition, next()));
  }

  /** Has readers see what is committed. */
  void publish() throws IOException {
    if (!published) {
      for (CommitManifest.DataFile file : last.orElseThrow().files()) {
        store.move(file.pending(), file.name());
      }
      published = true;
    }
  }

  private String pendingFolder() {
    return PENDING + topic + "/" + partition + "/";
  }

  /**
   * Removes files of writes that can no longer be committed: there is a manifest in their place.
   * One that goes on from where this log ends may be another task's, which is about to commit it.
   */
  private void removeLeftovers() throws IOException {
    for (LakeStore.Stored file : store.list(pendingFolder())) {
      String name = file.name();
      String from = name.substring(pendingFolder().length()).split("-", 2)[0];
      if (Long.parseLong(from) < next()) {
        LOG.info("Removing {}, which was never committed", name);
        store.delete(name);
      }
    }
  }
}
