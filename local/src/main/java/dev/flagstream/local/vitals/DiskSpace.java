package dev.flagstream.local.vitals;

import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.failure.Failure;
import dev.flagstream.local.failure.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The room that is left where the data are. For one thread. */
final class DiskSpace {

  /** A broker whose disk is full stops at once and takes the process with it. */
  static final long LEAST_MIB = 64;

  /** About a minute's data at the default rate. */
  static final long LEAST_TO_START_MIB = 512;

  private static final long BYTES_PER_MIB = 1 << 20;

  private final Path data;

  DiskSpace(Path data) {
    this.data = data;
  }

  void requireEnough() {
    require(LEAST_TO_START_MIB, "to start");
  }

  void check() {
    require(LEAST_MIB, "to go on");
  }

  private void require(long leastMib, String purpose) {
    long freeMib;
    try {
      freeMib = Files.getFileStore(data).getUsableSpace() / BYTES_PER_MIB;
    } catch (IOException e) {
      throw new StackException(
          ExitCodes.DATA,
          "Cannot use the data folder " + data + ". " + Failure.diskTrouble(e).orElse(e.toString()),
          e);
    }
    if (freeMib < leastMib) {
      throw new StackException(
          ExitCodes.DATA,
          String.format(
              Locale.ROOT,
              "The disk is full: %,d MiB are free for the data in %s, and %,d MiB are needed %s."
                  + " Make room, or give a folder on another disk with --data DIR. What is there is"
                  + " kept; the same command goes on where it was.",
              freeMib,
              data,
              leastMib,
              purpose),
          null);
    }
  }
}
