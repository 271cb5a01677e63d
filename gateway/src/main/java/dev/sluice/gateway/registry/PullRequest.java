package dev.sluice.gateway.registry;

import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.util.Map;

/** A request below {@code /v2/}, parsed once; nothing behind it sees a URL. */
sealed interface PullRequest {

  /** A word for logs and metrics. */
  String operation();

  /** The repository that is asked; null where none is. */
  default RepositoryName repository() {
    return null;
  }

  /** {@code /v2/}: is this a registry, and may I use it? */
  record Ping() implements PullRequest {
    @Override
    public String operation() {
      return "ping";
    }
  }

  /** {@code /v2/<name>/manifests/<reference>}. */
  record Manifest(RepositoryName repository, Reference reference) implements PullRequest {
    @Override
    public String operation() {
      return "manifest";
    }
  }

  /** {@code /v2/<name>/blobs/<digest>}. */
  record Blob(RepositoryName repository, Digest digest) implements PullRequest {
    @Override
    public String operation() {
      return "blob";
    }
  }

  /** {@code /v2/<name>/tags/list}. */
  record Tags(RepositoryName repository, Map<String, String> paging) implements PullRequest {
    @Override
    public String operation() {
      return "tags";
    }
  }

  /** Nothing that can be answered. */
  record Malformed(OciError error) implements PullRequest {
    @Override
    public String operation() {
      return "malformed";
    }
  }
}
