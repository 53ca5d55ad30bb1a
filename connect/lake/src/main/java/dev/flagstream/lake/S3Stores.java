package dev.flagstream.lake;

import dev.flagstream.client.lake.LakeStore;
import dev.flagstream.client.lake.LakeStoreProvider;

/** Opens lakes in object stores that speak Amazon's S3. */
public final class S3Stores implements LakeStoreProvider {

  @Override
  public String scheme() {
    return S3Location.SCHEME;
  }

  @Override
  public LakeStore open(String url) {
    try {
      return S3Store.open(S3Location.parse(url));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The address of the lake is wrong: " + e.getMessage(), e);
    }
  }
}
