package dev.flagstream.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.errors.ConnectException;

/** Posts to one webhook, signed as standardwebhooks.com says. For one thread at a time. */
final class WebhookReceiver {

  /** Client errors that pass by themselves: request timeout, too early, too many requests. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  /** Whoever asks for more is asked again after this: a slip must not hold alerts up for days. */
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final WebhookSettings settings;
  private final InstantSource clock;
  private final HttpClient client;

  WebhookReceiver(WebhookSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            .sslContext(settings.tls())
            // An alert goes where it was meant to go, and nowhere else.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Posts a record; the same id marks the same record, whenever it comes again. */
  WebhookAnswer post(String id, String body) {
    CompletableFuture<HttpResponse<Void>> sending =
        client.sendAsync(request(id, body), BodyHandlers.discarding());
    try {
      // All of the answer, while the client's own timeout ends with the headers.
      return answer(sending.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      sending.cancel(true);
      return new WebhookAnswer.Away("no answer within " + settings.timeout().toMillis() + " ms");
    } catch (ExecutionException e) {
      return new WebhookAnswer.Away("no connection: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted while it waited for the webhook's answer", e);
    }
  }

  private HttpRequest request(String id, String body) {
    long seconds = clock.instant().getEpochSecond();
    return HttpRequest.newBuilder(settings.url())
        .header("Content-Type", "application/json")
        .header(Webhook.UNBRANDED_MSG_ID_KEY, id)
        .header(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(seconds))
        .header(Webhook.UNBRANDED_MSG_SIGNATURE_KEY, signatures(id, seconds, body))
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  /** One by each secret, so that a receiver which knows only one of them can verify one. */
  private String signatures(String id, long seconds, String body) {
    StringJoiner signatures = new StringJoiner(" ");
    for (String secret : settings.secrets()) {
      try {
        signatures.add(new Webhook(secret).sign(id, seconds, body));
      } catch (WebhookSigningException | IllegalArgumentException e) {
        // Without the cause, which may quote the secret.
        throw new ConnectException("a secret of the webhook is not whsec_ and Base64");
      }
    }
    return signatures.toString();
  }

  private WebhookAnswer answer(HttpResponse<Void> response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return new WebhookAnswer.Accepted();
    }
    String reason = "the webhook answered with HTTP status " + status;
    return status >= 500 || PASSING.contains(status)
        ? new WebhookAnswer.Away(reason, pause(response))
        : new WebhookAnswer.Refused(reason);
  }

  /** Of the header Retry-After: seconds, or a time; zero if it is neither or not there. */
  private Duration pause(HttpResponse<Void> response) {
    String after = response.headers().firstValue("Retry-After").orElse("").strip();
    Duration asked;
    try {
      asked =
          after.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(after))
              : Duration.between(
                  clock.instant(),
                  DateTimeFormatter.RFC_1123_DATE_TIME.parse(after, Instant::from));
    } catch (DateTimeParseException e) {
      return Duration.ZERO;
    }
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
  }
}
