package dev.flagstream.local.settings;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where fraud alerts are posted.
 *
 * @param url the receiver's address
 * @param authorities the file (PEM) of the certificates that the receiver is trusted by; empty if
 *     it is those that the JVM trusts
 */
public record WebhookAddress(String url, Optional<Path> authorities) {

  public WebhookAddress {
    Objects.requireNonNull(url, "url");
    authorities = authorities.map(Path::toAbsolutePath);
  }
}
