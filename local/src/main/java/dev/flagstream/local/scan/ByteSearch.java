package dev.flagstream.local.scan;

import java.util.Optional;

/** Looks for something in bytes, whatever they are. */
interface ByteSearch {

  /** What is found first among the first {@code length} bytes, in words. */
  Optional<String> in(byte[] bytes, int length);

  /** So many bytes before a place may decide whether something ends there. */
  int context();
}
