package dev.sluice.gateway.registry;

import dev.sluice.fetcher.TagPaging;
import dev.sluice.gateway.registry.PullRequest.Malformed;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.util.Optional;

/**
 * Parses paths below {@code /v2/}, from the right, since {@code manifests}, {@code blobs} {@code
 * tags} and their like are legal within a name too. Nothing is decoded or normalised: what names,
 * tags and digests consist of never needs an escape, and a path that has one is refused.
 */
final class PullPath {

  /** Where the repositories are listed. */
  static final String CATALOG = "/v2/_catalog";

  private static final String ROOT = "/v2/";

  private PullPath() {}

  /**
   * @param path as it came
   * @param query as it came; null where there was none
   */
  static PullRequest parse(String path, String query) {
    if (path.equals(ROOT) || path.equals("/v2")) {
      return new PullRequest.Ping();
    }
    if (path.equals(CATALOG)) {
      return catalog(query);
    }
    int lastSlash = path.lastIndexOf('/');
    int before = path.lastIndexOf('/', lastSlash - 1);
    if (!path.startsWith(ROOT) || before < ROOT.length()) {
      return unknown();
    }
    String name = path.substring(ROOT.length(), before);
    String kind = path.substring(before + 1, lastSlash);
    String last = path.substring(lastSlash + 1);
    return switch (kind) {
      case "manifests" -> manifest(name, last);
      case "blobs" -> blob(name, last);
      case "referrers" -> referrers(name, last, query);
      case "tags" -> last.equals("list") ? tags(name, query) : unknown();
      default -> unknown();
    };
  }

  /** Which repository a push would write to; empty where that is nothing that could be pushed. */
  static Optional<RepositoryName> pushed(String path) {
    int end = Math.max(path.lastIndexOf("/manifests/"), path.lastIndexOf("/blobs/"));
    return path.startsWith(ROOT) && end > ROOT.length()
        ? RepositoryName.parse(path.substring(ROOT.length(), end))
        : Optional.empty();
  }

  private static PullRequest manifest(String name, String reference) {
    var repository = RepositoryName.parse(name);
    var parsed = Reference.parse(reference);
    if (repository.isEmpty()) {
      return badName();
    }
    if (parsed.isEmpty()) {
      return reference.indexOf(':') >= 0
          ? badDigest()
          : malformed("MANIFEST_INVALID", "this is not a tag: letters, digits, '_', '.', '-'");
    }
    return new PullRequest.Manifest(repository.get(), parsed.get());
  }

  private static PullRequest blob(String name, String digest) {
    var repository = RepositoryName.parse(name);
    var parsed = Digest.parse(digest);
    if (repository.isEmpty()) {
      return badName();
    }
    return parsed.isEmpty() ? badDigest() : new PullRequest.Blob(repository.get(), parsed.get());
  }

  private static PullRequest tags(String name, String query) {
    var repository = RepositoryName.parse(name);
    var paging = TagPaging.parse(query == null ? "" : query);
    if (repository.isEmpty()) {
      return badName();
    }
    return paging.isEmpty()
        ? badPage("a tag")
        : new PullRequest.Tags(repository.get(), paging.get());
  }

  private static PullRequest referrers(String name, String digest, String query) {
    var repository = RepositoryName.parse(name);
    var subject = Digest.parse(digest);
    var types = Parameters.values(query, "artifactType");
    var paging = Paging.parse(query);
    if (repository.isEmpty()) {
      return badName();
    }
    if (subject.isEmpty()) {
      return badDigest();
    }
    return types.isEmpty() || paging.isEmpty()
        ? badPage("a digest")
        : new PullRequest.Referrers(repository.get(), subject.get(), types.get(), paging.get());
  }

  private static PullRequest catalog(String query) {
    return Paging.parse(query)
        .<PullRequest>map(PullRequest.Catalog::new)
        .orElseGet(() -> badPage("a repository"));
  }

  private static Malformed badPage(String last) {
    return malformed("PAGINATION_NUMBER_INVALID", "n is a number from 0, last is " + last);
  }

  private static Malformed badName() {
    return malformed(
        "NAME_INVALID",
        "this is not a repository name: lower-case letters and digits, separated by '.', '_', '__',"
            + " '-' or '/', at most "
            + RepositoryName.MAX_LENGTH
            + " characters");
  }

  private static Malformed badDigest() {
    return malformed(
        "DIGEST_INVALID", "this is not a digest: sha256 or sha512, a colon, lower-case hex");
  }

  private static Malformed malformed(String code, String message) {
    return new Malformed(new OciError(400, code, message));
  }

  private static Malformed unknown() {
    return new Malformed(
        new OciError(
            404,
            "NAME_UNKNOWN",
            "there is nothing here; Sluice answers manifests, blobs, referrers and tags/list of a repository"));
  }
}
