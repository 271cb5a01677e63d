package dev.sluice.fetcher.fake;

import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * A registry on loopback that speaks the pull side of the distribution spec over real sockets,
 * counts what is asked of it, and misbehaves as told.
 *
 * <pre>{@code
 * try (var registry = FakeRegistry.start(vertx)) {
 *   var image = registry.image("library/app", "latest").layer(1000).push();
 *   registry.onGet(BLOBS).once(cutAt(500)).once(status(503));
 *   ...
 *   assertThat(registry.count("GET", BLOBS)).isEqualTo(3);
 * }
 * }</pre>
 */
public final class FakeRegistry implements Observed, AutoCloseable {
  /** Paths of manifests. */
  public static final String MANIFESTS = "^/v2/.+/manifests/";

  /** Paths of blobs, on the registry's own port. */
  public static final String BLOBS = "^/v2/.+/blobs/";

  /** Paths of tag lists. */
  public static final String TAGS = "^/v2/.+/tags/list$";

  /** Paths of lists of referrers. */
  public static final String REFERRERS = "^/v2/.+/referrers/";

  /** Paths of the CDN. */
  public static final String CDN = "^/cdn/";

  /** Paths of the token endpoint. */
  public static final String TOKEN = "^/token$";

  private final Repositories repositories = new Repositories();
  private final Journal journal = new Journal();
  private final FakeOptions options;
  private final Ports ports;
  private final Cdn cdn;
  private final Front front;

  private FakeRegistry(Vertx vertx, FakeOptions options) {
    this.options = options;
    this.ports = new Ports(vertx, options.certificate());
    this.cdn = new Cdn(repositories, () -> ports.url(Listener.CDN));
    this.front = new Front(repositories, cdn);
    ports.open(journal, front::answer);
  }

  /** Starts an empty one that lets everybody in. */
  public static FakeRegistry start(Vertx vertx) {
    return start(vertx, FakeOptions.plain());
  }

  /** Starts an empty one that lets everybody in. */
  public static FakeRegistry start(Vertx vertx, FakeOptions options) {
    return new FakeRegistry(vertx, options);
  }

  /** Where {@code /v2/} is, without a slash at the end. */
  public String url() {
    return ports.url(Listener.REGISTRY);
  }

  /** Where one of its ports is, without a slash at the end. */
  public String url(Listener listener) {
    return ports.url(listener);
  }

  /** The registry's address and port, as an upstream is named in a rule. */
  public String hostAndPort() {
    return ports.hostAndPort(Listener.REGISTRY);
  }

  /** Begins an image under a tag; a tag that exists is moved. */
  public ImageBuilder image(String repository, String tag) {
    return new ImageBuilder(repositories, repository, Optional.of(tag));
  }

  /** Begins an image without a tag. */
  public ImageBuilder image(String repository) {
    return new ImageBuilder(repositories, repository, Optional.empty());
  }

  /** Begins an index under a tag; a tag that exists is moved. */
  public IndexBuilder index(String repository, String tag) {
    return new IndexBuilder(repositories, repository, tag);
  }

  /** Holds a blob under its digest by this algorithm. */
  public Digest blob(String repository, Algorithm algorithm, Content bytes) {
    return repositories.addBlob(repository, algorithm, bytes);
  }

  /** Holds any bytes whatever as a manifest of any type. */
  public Descriptor manifest(String repository, String mediaType, Content bytes) {
    return repositories.addManifest(repository, mediaType, bytes);
  }

  /** Points a tag, new or not, at a manifest that is held. */
  public void tag(String repository, String tag, Digest manifest) {
    repositories.tag(repository, tag, manifest);
  }

  /** Takes a tag away; what it pointed at stays. */
  public void deleteTag(String repository, String tag) {
    repositories.deleteTag(repository, tag);
  }

  /** Takes a manifest or blob away. */
  public void delete(String repository, Digest digest) {
    repositories.deleteContent(repository, digest);
  }

  /** From now on nothing is given without this account's Basic credential. */
  public void requireBasic(String user, String password) {
    front.use(Access.basic(user, password));
  }

  /** From now on nothing is given without a token, which its own port hands out. */
  public TokenRealm requireTokens() {
    TokenRealm realm = new TokenRealm(options.clock(), url(Listener.TOKENS) + "/token");
    front.use(realm);
    return realm;
  }

  /** From now on blobs are at the CDN. */
  public void redirectBlobs(Redirects how) {
    cdn.use(Optional.of(how));
  }

  /** Begins a script for requests of this method. */
  public Script on(String method, String path) {
    return front.script(Observed.matching(method, path));
  }

  /** Begins a script for GET requests. */
  public Script onGet(String path) {
    return on("GET", path);
  }

  /** Begins a script for HEAD requests. */
  public Script onHead(String path) {
    return on("HEAD", path);
  }

  /** Begins a script for requests of any method. */
  public Script onAny(String path) {
    return front.script(Observed.at(path));
  }

  /** Ends all scripts; answers that are held or stalled stay so. */
  public void behave() {
    front.forgetScripts();
  }

  /** How many connections have come in, at all ports together. */
  public int connections() {
    return ports.connections();
  }

  /** How many tokens have been handed out. */
  public int tokensIssued() {
    return front.realm().map(TokenRealm::issued).orElse(0);
  }

  @Override
  public Journal journal() {
    return journal;
  }

  /** Ends every connection, held or not, and stops listening. */
  @Override
  public void close() {
    ports.close();
  }
}
