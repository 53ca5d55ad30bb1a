package dev.flagstream.client.lake;

/**
 * Opens the lakes of one kind of place; found by {@link java.util.ServiceLoader}, so that what it
 * needs is loaded only where it is wanted. Thread-safe.
 */
public interface LakeStoreProvider {

  /** The part of the addresses before {@code ://}. */
  String scheme();

  /**
   * A store, which asks nothing yet.
   *
   * @throws IllegalArgumentException saying what is wrong with the address
   */
  LakeStore open(String url);
}
