package dev.flagstream.udf.model.store;

import com.github.davidmoten.aws.lw.client.Client;
import com.github.davidmoten.aws.lw.client.Credentials;
import com.github.davidmoten.aws.lw.client.ResponseInputStream;
import dev.flagstream.udf.FunctionSettings;
import dev.flagstream.udf.FunctionSettings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bucket of S3 or of a store that speaks its protocol, and a prefix in it. Requests are signed
 * (AWS signature version 4) with the credentials in the server's environment: properties are shown
 * to anyone who asks.
 */
public final class S3Address implements StoreAddress {

  public static final String ENDPOINT = "model.s3.endpoint";
  public static final String REGION = "model.s3.region";

  private static final Pattern FORM = Pattern.compile("(?i)s3://([a-z0-9.-]+)(/[\\w./=-]*)?");

  private final String bucket;
  private final List<String> prefix;
  private final Client client;

  private S3Address(String bucket, List<String> prefix, Client client) {
    this.bucket = bucket;
    this.prefix = prefix;
    this.client = client;
  }

  /**
   * Reads an address.
   *
   * @param settings which may name the endpoint and the region
   * @param environment the server's variables, by name; null where there is none
   * @throws IllegalArgumentException saying what is wrong with it, or which variable is missing
   */
  public static S3Address of(
      String value, FunctionSettings settings, UnaryOperator<String> environment) {
    Matcher form = FORM.matcher(value);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "is no s3://bucket/prefix of letters, digits, dots, dashes, '_' and '='");
    }
    String region =
        settings
            .find(REGION)
            .map(Setting::value)
            .or(() -> variable(environment, "AWS_REGION"))
            .or(() -> variable(environment, "AWS_DEFAULT_REGION"))
            .orElse("us-east-1");
    String endpoint =
        settings
            .find(ENDPOINT)
            .map(Setting::value)
            .or(() -> variable(environment, "AWS_ENDPOINT_URL_S3"))
            .or(() -> variable(environment, "AWS_ENDPOINT_URL"))
            .orElse("https://s3." + region + ".amazonaws.com");
    String base = HttpAddress.of(endpoint).shown("");
    Client client =
        Client.s3()
            .region(region)
            .credentials(credentials(environment))
            .baseUrlFactory((service, ofRegion) -> base)
            .connectTimeout(TIMEOUT_MS, TimeUnit.MILLISECONDS)
            .readTimeout(TIMEOUT_MS, TimeUnit.MILLISECONDS)
            // Whoever asks waits and says so.
            .retryCondition(answer -> false)
            .retryException(problem -> false)
            .build();
    List<String> prefix =
        form.group(2) == null
            ? List.of()
            : Arrays.stream(form.group(2).split("/", -1)).filter(part -> !part.isEmpty()).toList();
    return new S3Address(form.group(1), prefix, client);
  }

  private static Credentials credentials(UnaryOperator<String> environment) {
    String key = required(environment, "AWS_ACCESS_KEY_ID");
    String secret = required(environment, "AWS_SECRET_ACCESS_KEY");
    return variable(environment, "AWS_SESSION_TOKEN")
        .map(token -> Credentials.of(key, secret, token))
        .orElseGet(() -> Credentials.of(key, secret));
  }

  private static String required(UnaryOperator<String> environment, String name) {
    return variable(environment, name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "cannot be asked: the variable "
                        + name
                        + " is not in the environment of the server"));
  }

  private static Optional<String> variable(UnaryOperator<String> environment, String name) {
    return Optional.ofNullable(environment.apply(name)).filter(text -> !text.isBlank());
  }

  @Override
  public Answer open(String path) throws IOException {
    List<String> parts = new ArrayList<>(List.of(bucket));
    parts.addAll(prefix);
    parts.addAll(Arrays.asList(path.split("/", -1)));
    try {
      ResponseInputStream answer = client.path(parts.toArray(String[]::new)).responseInputStream();
      return new Answer(answer.statusCode(), answer);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public String shown(String path) {
    return "s3://" + bucket + "/" + String.join("/", prefix) + (prefix.isEmpty() ? "" : "/") + path;
  }

  @Override
  public String adviceIfForbidden() {
    return "AWS_ACCESS_KEY_ID must be allowed to get it (s3:GetObject; with s3:ListBucket, a"
        + " missing file is told apart), its region must be the bucket's, and this machine's"
        + " clock must be right";
  }
}
