package dev.sluice.deploy.config;

import dev.sluice.storage.s3.S3Settings;
import java.util.List;
import java.util.Optional;

/**
 * The bucket of a node.
 *
 * @param bucket how it is reached; empty for a node that keeps bytes on its disk only
 * @param redirects who is sent there
 */
public record S3Config(Optional<S3Settings> bucket, RedirectConfig redirects) {

  /** That of a node without one. */
  static final S3Config NONE = new S3Config(Optional.empty(), new RedirectConfig(false, List.of()));
}
