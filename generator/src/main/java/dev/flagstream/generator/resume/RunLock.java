package dev.flagstream.generator.resume;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Lets only one generator of this machine make a run into a topic: two would send each transaction
 * twice. The operating system frees it when the process ends, however that happens.
 */
final class RunLock implements AutoCloseable {

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws ResumeException if another generator has it
   */
  static RunLock take(String clusterId, String runId, String transactionsTopic) {
    Path file =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "flagstream-generator-%s-%s-%s.lock".formatted(clusterId, runId, transactionsTopic));
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new ResumeException(
            "another generator on this machine is making the run "
                + runId
                + " into "
                + transactionsTopic
                + ", and two would send each transaction twice. Stop it, or give another --seed");
      }
      return new RunLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + file, e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // This JVM has it.
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release the run", e);
    }
  }
}
