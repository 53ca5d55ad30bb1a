package dev.flagstream.lake;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a lake is in an object store.
 *
 * @param prefix what all names begin with: empty, or with {@code /} at its end
 * @param endpoint of a store that is not Amazon's
 * @param region of the bucket
 */
record S3Location(String bucket, String prefix, Optional<URI> endpoint, Optional<String> region) {

  static final String SCHEME = "s3";

  private static final Pattern URL = Pattern.compile("s3://([^/?#]*)(?:/([^?#]*))?(?:\\?([^#]*))?");

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final String ENDPOINT = "endpoint";
  private static final String REGION = "region";
  private static final String FORM =
      "s3://bucket/prefix, s3://bucket/prefix?region=eu-central-1 or, of a store that is not"
          + " Amazon's, s3://bucket/prefix?endpoint=http://host:9000";

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException saying what is wrong with it, never quoting a secret
   */
  static S3Location parse(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException("it must be like " + FORM);
    }
    if (parts.group(1).contains("@")) {
      throw new IllegalArgumentException(
          "credentials do not belong in it: give them as AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY in the environment, or in the file that"
              + " AWS_SHARED_CREDENTIALS_FILE names");
    }
    if (!BUCKET.matcher(parts.group(1)).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name of a bucket, which has 3 to 63 small letters, digits, dots and hyphens; it must be like %s"
              .formatted(parts.group(1), FORM));
    }
    Map<String, String> settings = settings(parts.group(3));
    String prefix =
        parts.group(2) == null ? "" : parts.group(2).replaceAll("/+", "/").replaceAll("^/|/$", "");
    return new S3Location(
        parts.group(1),
        prefix.isEmpty() ? "" : prefix + "/",
        Optional.ofNullable(settings.get(ENDPOINT)).map(S3Location::endpoint),
        Optional.ofNullable(settings.get(REGION)));
  }

  private static Map<String, String> settings(String query) {
    Map<String, String> settings = new HashMap<>();
    if (query == null || query.isEmpty()) {
      return settings;
    }
    for (String each : query.split("&", -1)) {
      String[] setting = each.split("=", 2);
      if (setting.length < 2 || !Set.of(ENDPOINT, REGION).contains(setting[0])) {
        throw new IllegalArgumentException(
            "'%s' is none of its settings, which are endpoint and region".formatted(setting[0]));
      }
      settings.put(setting[0], URLDecoder.decode(setting[1], StandardCharsets.UTF_8));
    }
    return settings;
  }

  private static URI endpoint(String text) {
    if (!text.matches("https?://[A-Za-z0-9.-]+(:\\d{1,5})?/?")) {
      throw new IllegalArgumentException(
          "its endpoint '%s' is none, such as http://127.0.0.1:9000".formatted(text));
    }
    return URI.create(text);
  }

  /** For people. */
  @Override
  public String toString() {
    return "s3://" + bucket + "/" + prefix + endpoint.map(uri -> " at " + uri).orElse("");
  }
}
