package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.MediaType;
import dev.sluice.fetcher.TagPaging;
import dev.sluice.fetcher.Validation;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Unasked;
import dev.sluice.metadata.Account;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A foreign registry, as one rule addresses it. Every name it takes is the registry's own. Its
 * methods wait, so they are called on virtual threads; they end within the deadlines.
 */
public final class Upstream {

  /** The OCI image spec's floor for registries is 4 MiB; more than that is no manifest. */
  private static final int MAX_MANIFEST = 4 << 20;

  private static final int MAX_TAGS = 4 << 20;

  /** As large as a manifest may be, which is what clients take it for. */
  private static final int MAX_REFERRERS = MAX_MANIFEST;

  /** A manifest costs its size several times over while it is judged and stored. */
  private static final long MOST_BODY_BYTES = 8L << 20;

  private final Upstreams all;
  private final Rule rule;
  private final RegistryClient client;
  private final BlobQuestions blobs;
  private final BlobQuestions resumes;
  private final Gate gate;
  private final BodyBudget budget = new BodyBudget(MOST_BODY_BYTES);
  private int underWay;
  private boolean isRetired;

  Upstream(RegistryClient client, Gate gate, Upstreams all, Rule rule) {
    this.client = client;
    this.blobs = new BlobQuestions(this::ask);
    this.resumes = new BlobQuestions(this::goOn);
    this.gate = gate;
    this.all = all;
    this.rule = rule;
  }

  /**
   * Why no answer to a question that is asked now may be hoped for within this time, so that nobody
   * who has a cached copy needs to wait for it; empty where one may.
   */
  public Optional<String> hindrance(Purpose purpose, Duration within) {
    return gate.hindrance(purpose, within);
  }

  /**
   * Asks as the manners towards this upstream allow, and makes of its answer what is asked for. The
   * rule is looked at in the last moment: a question may stand in line while it is deleted.
   */
  private <T> UpstreamAnswer<T> ask(
      Question question, Purpose purpose, Function<UpstreamResponse, UpstreamAnswer<T>> use) {
    return asked(
        question,
        purpose,
        account ->
            all.allows(rule)
                ? client.ask(question, account).then(use)
                : new Unasked<>("its rule was changed or deleted"));
  }

  /** Asks for the rest of what was begun, whatever has become of the rule. */
  private <T> UpstreamAnswer<T> goOn(
      Question question, Purpose purpose, Function<UpstreamResponse, UpstreamAnswer<T>> use) {
    return asked(question, purpose, account -> client.ask(question, account).then(use));
  }

  private <T> UpstreamAnswer<T> asked(
      Question question, Purpose purpose, Function<Account, UpstreamAnswer<T>> attempt) {
    UpstreamAnswer<T> answer = during(() -> gate.ask(question, purpose, attempt));
    return QuestionLog.noted(rule, question, purpose, answer);
  }

  /**
   * Sees something through that may take several requests: the connections last until its end,
   * though this retires meanwhile.
   */
  public <T> T during(Supplier<T> work) {
    begin();
    try {
      return work.get();
    } finally {
      end();
    }
  }

  /** Something has begun that may ask for its rest, until it is said to {@link #end}. */
  public void begin() {
    underWay++;
  }

  /** What had begun has ended. */
  public void end() {
    underWay--;
    endIfDone();
  }

  /** Fetches a manifest; its body matches the digest asked for, or announced. */
  public UpstreamAnswer<FetchedManifest> manifest(
      String repository, Reference reference, Purpose purpose) {
    return ask(
        Question.get(repository, "/manifests/" + reference, ManifestReply.ACCEPTED),
        purpose,
        response ->
            budget.read(
                response, MAX_MANIFEST, body -> ManifestReply.read(response, body, reference)));
  }

  /** Where a tag points now; empty where upstream has it and does not say its digest. */
  public UpstreamAnswer<Optional<Digest>> headManifest(
      String repository, Reference reference, Purpose purpose) {
    return ask(
        Question.head(repository, "/manifests/" + reference, ManifestReply.ACCEPTED),
        purpose,
        response -> {
          response.discard();
          return new Got<>(response.header("Docker-Content-Digest").flatMap(Digest::parse));
        });
  }

  /** Begins to fetch a blob. */
  public UpstreamAnswer<BlobBody> blob(String repository, Digest digest, Purpose purpose) {
    return blobs.whole(repository, digest, purpose);
  }

  /**
   * Begins to fetch what is missing of a blob; the body begins at the very byte. For a fill that
   * has begun: it is asked for though the rule is gone.
   */
  public UpstreamAnswer<BlobBody> blobFrom(
      String repository, Digest digest, Remainder missing, Purpose purpose) {
    return resumes.remainder(repository, digest, missing, purpose);
  }

  /** Whether a repository has a blob, and its size; empty where upstream does not say it. */
  public UpstreamAnswer<OptionalLong> headBlob(String repository, Digest digest, Purpose purpose) {
    return ask(
        Question.head(repository, "/blobs/" + digest, "*/*"),
        purpose,
        response -> {
          response.discard();
          return new Got<>(response.contentLength());
        });
  }

  /** A page of a repository's tags. */
  public UpstreamAnswer<TagsPage> tags(
      String repository, Map<String, String> paging, Purpose purpose) {
    String query = paging.isEmpty() ? "" : '?' + TagPaging.format(paging);
    return ask(
        Question.get(repository, "/tags/list" + query, "application/json"),
        purpose,
        response ->
            budget.read(
                response, MAX_TAGS, body -> TagsReply.read(body, response.headers("Link"))));
  }

  /**
   * A page of the manifests that refer to one; absent where the registry has no such endpoint, or
   * no such repository.
   *
   * @param page the raw query that the page before it named; empty for the first
   */
  public UpstreamAnswer<ReferrersPage> referrers(
      String repository, Digest subject, Optional<String> page, Purpose purpose) {
    String query = page.map(raw -> '?' + raw).orElse("");
    return ask(
        Question.get(repository, "/referrers/" + subject + query, MediaType.OCI_INDEX),
        purpose,
        response ->
            budget.read(
                response,
                MAX_REFERRERS,
                body ->
                    ReferrersReply.read(
                        body, response.header("Content-Type"), response.headers("Link"))));
  }

  /** A page of its repositories; many registries do not tell them. */
  public UpstreamAnswer<CataloguePage> catalogue(Map<String, String> paging, Purpose purpose) {
    return ask(
        Question.catalogue('?' + TagPaging.format(paging)),
        purpose,
        response ->
            budget.read(
                response, MAX_TAGS, body -> CatalogueReply.read(body, response.headers("Link"))));
  }

  /** A token for another node of the cluster; empty where there is none to be had. */
  public Optional<Token> tokenForPeer(TokenWish wish) {
    return during(() -> client.tokenForPeer(wish));
  }

  /** Whether it can be pulled from as the rule says, and what to do where it cannot. */
  public Validation validate() {
    return during(client::validate);
  }

  /** Nothing new is asked of it from now on; what is under way comes to its end. */
  void retire() {
    isRetired = true;
    endIfDone();
  }

  private void endIfDone() {
    if (isRetired && underWay == 0) {
      all.ended(client);
    }
  }
}
