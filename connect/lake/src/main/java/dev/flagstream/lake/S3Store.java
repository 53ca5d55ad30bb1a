package dev.flagstream.lake;

import dev.flagstream.client.files.TemporaryFolder;
import dev.flagstream.client.lake.LakeStore;
import dev.flagstream.client.lake.StoreAwayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of an object store that speaks Amazon's S3 and creates objects on the condition that
 * there is none ({@code If-None-Match: *}). Credentials are found as Amazon's programs find them:
 * in the environment, in a file, or from the machine.
 */
final class S3Store implements LakeStore {

  private static final String UNFINISHED = ".unfinished";
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  /** How often a write is tried anew that came at the same moment as another one. */
  private static final int ATTEMPTS = 10;

  private static final int CONFLICT = 409;
  private static final int NOT_KEPT = 412;
  private static final Set<Integer> AWAY = Set.of(408, 429, 500, 502, 503, 504);
  private static final Set<Integer> REFUSED = Set.of(401, 403);

  private final S3Client client;
  private final S3Location location;
  private final TemporaryFolder drafts;

  private S3Store(S3Client client, S3Location location, TemporaryFolder drafts) {
    this.client = client;
    this.location = location;
    this.drafts = drafts;
  }

  static S3Store open(S3Location location) {
    return open(location, List.of());
  }

  /**
   * The same.
   *
   * @param interceptors see each request
   */
  static S3Store open(S3Location location, List<ExecutionInterceptor> interceptors) {
    Optional<URI> endpoint = location.endpoint().or(S3Store::endpointOfTheEnvironment);
    S3ClientBuilder builder =
        S3Client.builder()
            .overrideConfiguration(client -> client.executionInterceptors(interceptors))
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .connectionTimeout(CONNECT_WITHIN)
                    .socketTimeout(ANSWER_WITHIN));
    location.region().map(Region::of).ifPresent(builder::region);
    if (endpoint.isPresent()) {
      builder
          .endpointOverride(endpoint.get())
          .forcePathStyle(true)
          // Checksums that only Amazon's own servers know.
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
          .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
      if (location.region().isEmpty() && System.getenv("AWS_REGION") == null) {
        // Such stores have no regions, and a request must name one.
        builder.region(Region.US_EAST_1);
      }
    }
    try {
      return new S3Store(
          builder.build(),
          new S3Location(location.bucket(), location.prefix(), endpoint, location.region()),
          TemporaryFolder.make("flagstream-lake"));
    } catch (SdkClientException e) {
      throw new IllegalArgumentException(
          "the client of %s cannot be made: %s. Name the bucket's region: s3://bucket/prefix?region=eu-central-1"
              .formatted(location, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("No folder for drafts of files can be made", e);
    }
  }

  /** As Amazon's programs know it; but these would look for a host of the bucket's name there. */
  private static Optional<URI> endpointOfTheEnvironment() {
    return Stream.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
        .map(System::getenv)
        .filter(url -> url != null && !url.isBlank())
        .findFirst()
        .map(URI::create);
  }

  private String key(String name) {
    return location.prefix() + name;
  }

  private String name(String key) {
    return key.substring(location.prefix().length());
  }

  @Override
  public String place() {
    return location.toString();
  }

  /** Asks, with what is wrong as an IOException. */
  private <T> T asked(Supplier<T> question) throws IOException {
    try {
      return question.get();
    } catch (NoSuchKeyException e) {
      throw new IOException("There is no such file in the lake %s".formatted(location), e);
    } catch (SdkException e) {
      throw explained(e);
    }
  }

  private IOException explained(SdkException e) {
    if (e instanceof S3Exception answer) {
      return explained(
          answer,
          String.valueOf(
              answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode()));
    }
    if (String.valueOf(e.getMessage()).contains("credentials")) {
      return new IOException(
          "There are no credentials for the lake %s. Give AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment of this process, or AWS_SHARED_CREDENTIALS_FILE, a file that has them"
              .formatted(location),
          e);
    }
    return new StoreAwayException(
        "The lake %s does not answer: %s. Does the store run, and is the address right?"
            .formatted(location, e.getMessage()),
        e);
  }

  private IOException explained(S3Exception e, String code) {
    if (code.equals("NoSuchBucket")) {
      return new IOException(
          "There is no bucket '%s' in the store of the lake %s. Make it, or name another one"
              .formatted(location.bucket(), location),
          e);
    }
    if (REFUSED.contains(e.statusCode())) {
      return new IOException(
          "The store of the lake %s refuses the credentials, or what they are for (%d %s). They must be right, and may list, read, write and delete in the bucket '%s'"
              .formatted(location, e.statusCode(), code, location.bucket()),
          e);
    }
    if (AWAY.contains(e.statusCode())) {
      return new StoreAwayException(
          "The lake %s does not answer as it should for now (%d %s). Try again"
              .formatted(location, e.statusCode(), code),
          e);
    }
    return new IOException(
        "The store of the lake %s answers %d %s: %s. If it names a region, add ?region=… to the address"
            .formatted(location, e.statusCode(), code, e.getMessage()),
        e);
  }

  /** Creates an object twice: the second time must not succeed. */
  @Override
  public void check() throws IOException {
    String probe = "_check/" + UUID.randomUUID();
    byte[] first = "first".getBytes(StandardCharsets.UTF_8);
    byte[] second = "second".getBytes(StandardCharsets.UTF_8);
    try {
      if (!create(probe, first) || create(probe, second)) {
        throw new IOException(
            "The store of the lake %s knows no If-None-Match: two writers could not keep out of each other's way. MinIO has it since 2024-08, Amazon too"
                .formatted(location));
      }
    } finally {
      delete(probe);
    }
  }

  @Override
  public Path draft(String name) {
    return drafts.path().resolve(UUID.randomUUID() + ".parquet");
  }

  @Override
  public void put(String name, Path draft) throws IOException {
    asked(
        () ->
            client.putObject(
                request -> request.bucket(location.bucket()).key(key(name)),
                RequestBody.fromFile(draft)));
    Files.deleteIfExists(draft);
  }

  @Override
  public boolean create(String name, byte[] content) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        client.putObject(
            request -> request.bucket(location.bucket()).key(key(name)).ifNoneMatch("*"),
            RequestBody.fromBytes(content));
        return true;
      } catch (S3Exception e) {
        if (e.statusCode() == NOT_KEPT) {
          // The client itself tries again: the one that is there may be this one.
          return Arrays.equals(read(name), content);
        }
        if (e.statusCode() != CONFLICT) {
          throw explained(e);
        }
      } catch (SdkException e) {
        throw explained(e);
      }
    }
    throw new StoreAwayException(
        "The lake %s has others write %s again and again at the same moment. Try again"
            .formatted(location, name),
        null);
  }

  @Override
  public byte[] read(String name) throws IOException {
    return asked(
        () ->
            client
                .getObjectAsBytes(request -> request.bucket(location.bucket()).key(key(name)))
                .asByteArray());
  }

  @Override
  public Path fetch(Stored file, Path cache) throws IOException {
    Path here =
        cache.resolve(
            file.name().replaceFirst("\\.parquet$", "") + "~" + file.version() + ".parquet");
    if (Files.exists(here)) {
      return here;
    }
    Files.createDirectories(here.getParent());
    Path whole = here.resolveSibling(UUID.randomUUID() + UNFINISHED);
    try (ResponseInputStream<GetObjectResponse> content =
        asked(
            () ->
                client.getObject(
                    request -> request.bucket(location.bucket()).key(key(file.name()))))) {
      Files.copy(content, whole);
      Files.move(whole, here, StandardCopyOption.ATOMIC_MOVE);
      return here;
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  @Override
  public SortedSet<String> folders() throws IOException {
    ListObjectsV2Request request =
        ListObjectsV2Request.builder()
            .bucket(location.bucket())
            .prefix(location.prefix())
            .delimiter("/")
            .build();
    return asked(
        () -> {
          SortedSet<String> names = new TreeSet<>();
          for (CommonPrefix each : client.listObjectsV2Paginator(request).commonPrefixes()) {
            names.add(name(each.prefix()).replace("/", ""));
          }
          return names;
        });
  }

  @Override
  public List<Stored> list(String folder, String after) throws IOException {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder().bucket(location.bucket()).prefix(key(folder));
    if (!after.isEmpty()) {
      request.startAfter(key(after));
    }
    return asked(
        () -> {
          List<Stored> found = new ArrayList<>();
          for (S3Object each : client.listObjectsV2Paginator(request.build()).contents()) {
            found.add(
                new Stored(
                    name(each.key()), each.size(), each.eTag().replaceAll("[^A-Za-z0-9-]", "")));
          }
          found.sort(Comparator.comparing(Stored::name));
          return found;
        });
  }

  /** Copied, then removed: a kill in between leaves both, and the same content is copied again. */
  @Override
  public void move(String from, String to) throws IOException {
    try {
      client.copyObject(
          request ->
              request
                  .sourceBucket(location.bucket())
                  .sourceKey(key(from))
                  .destinationBucket(location.bucket())
                  .destinationKey(key(to)));
    } catch (NoSuchKeyException e) {
      return;
    } catch (SdkException e) {
      if (isMissing(e)) {
        return;
      }
      throw explained(e);
    }
    delete(from);
  }

  /** Copying has an exception of its own in some stores. */
  private static boolean isMissing(SdkException e) {
    return e instanceof S3Exception answer
        && answer.awsErrorDetails() != null
        && answer.awsErrorDetails().errorCode().equals("NoSuchKey");
  }

  @Override
  public void delete(String name) throws IOException {
    asked(() -> client.deleteObject(request -> request.bucket(location.bucket()).key(key(name))));
  }

  @Override
  public void close() {
    client.close();
    drafts.close();
  }
}
