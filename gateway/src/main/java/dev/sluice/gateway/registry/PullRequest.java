package dev.sluice.gateway.registry;

import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.util.List;
import java.util.Map;

/** A request below {@code /v2/}, parsed once; nothing behind it sees a URL. */
sealed interface PullRequest {

  /** A word for logs and metrics. */
  String operation();

  /** The repository that is asked; null where none is. */
  default RepositoryName repository() {
    return null;
  }

  /** Whether only those may ask who administer this registry. */
  default boolean isForAdmins() {
    return false;
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

  /** {@code /v2/<name>/referrers/<digest>}; of any type where none is named. */
  record Referrers(
      RepositoryName repository, Digest subject, List<String> artifactTypes, Paging paging)
      implements PullRequest {
    /** Copies the list. */
    public Referrers {
      artifactTypes = List.copyOf(artifactTypes);
    }

    @Override
    public String operation() {
      return "referrers";
    }
  }

  /** {@code /v2/_catalog}. */
  record Catalog(Paging paging) implements PullRequest {
    @Override
    public String operation() {
      return "catalog";
    }

    @Override
    public boolean isForAdmins() {
      return true;
    }
  }

  /** Something would be written to a repository. */
  record Push(RepositoryName repository) implements PullRequest {
    @Override
    public String operation() {
      return "push";
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
