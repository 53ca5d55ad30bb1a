package dev.flagstream.fuzz;

import dev.flagstream.local.connect.ConnectorFiles;
import dev.flagstream.local.failure.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;

/** Reads the file of a connector: its text comes out, or a sentence that names the file. */
final class ConnectorConfiguration implements FuzzTarget {

  private final Path folder = ProjectFiles.temporary("connectors");
  private final Path file = folder.resolve("hostile.json");

  @Override
  public void tryOut(byte[] input) throws IOException {
    Files.write(file, input);
    try {
      SortedMap<String, String> connectors = ConnectorFiles.read(folder);
      if (!connectors.keySet().equals(Set.of("hostile"))) {
        throw new AssertionError("read " + connectors.keySet());
      }
    } catch (StackException e) {
      if (!e.getMessage().contains(file.toString())) {
        throw new AssertionError("does not name the file", e);
      }
    }
  }
}
