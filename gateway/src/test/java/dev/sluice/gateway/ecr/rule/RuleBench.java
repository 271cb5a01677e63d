package dev.sluice.gateway.ecr.rule;

import static dev.sluice.gateway.live.PlainPolicies.POLICIES;

import dev.sluice.fetcher.FetchService;
import dev.sluice.fetcher.Validation;
import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.ecr.LiveEcr;
import dev.sluice.gateway.live.OwnFolder;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.SettableClock;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleBook;
import dev.sluice.metadata.embedded.EmbeddedMetadata;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** The operations on rules over real HTTP and a real store; the test says what lies outside. */
final class RuleBench implements AutoCloseable {

  /** A rule of the configuration file, with a credential. */
  static final Rule FIXED =
      new Rule(
          "fixed",
          "quay.io",
          Optional.of("team"),
          Optional.empty(),
          List.of("ecr-pullthroughcache/quay"),
          List.of(),
          POLICIES);

  /** What the name of a credential stands behind in the ARN of its secret. */
  static final String ARN =
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/";

  static final String CREATE = "CreatePullThroughCacheRule";
  static final String DESCRIBE = "DescribePullThroughCacheRules";
  static final String UPDATE = "UpdatePullThroughCacheRule";
  static final String DELETE = "DeletePullThroughCacheRule";
  static final String VALIDATE = "ValidatePullThroughCacheRule";

  final Map<String, CredentialFiles.Finding> files = new ConcurrentHashMap<>();
  final Map<String, String> objections = new ConcurrentHashMap<>();
  final Map<String, Validation> validations = new ConcurrentHashMap<>();

  /** The rules whose registries were judged. */
  final List<Rule> judged = new CopyOnWriteArrayList<>();

  final SettableClock clock = new SettableClock();
  final RuleBook rules;
  final LiveEcr ecr;
  private final OwnFolder folder = new OwnFolder();
  private final EmbeddedMetadata metadata;

  /** Where nothing is asked but what the test has put into {@link #objections}. */
  RuleBench() {
    this(Optional.empty());
  }

  /** Where a fetcher judges registries. */
  RuleBench(FetchService fetcher) {
    this(Optional.of(fetcher));
  }

  private RuleBench(Optional<FetchService> fetcher) {
    try {
      metadata = EmbeddedMetadata.open(folder.path(), clock, kind -> {});
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    }
    rules =
        new RuleBook(
            List.of(FIXED),
            metadata.rules(),
            UnaryOperator.identity(),
            _ -> Future.succeededFuture());
    var parts =
        new RuleOperations.Parts(
            LiveEcr.REGISTRY,
            rules,
            name ->
                Future.succeededFuture(files.getOrDefault(name, CredentialFiles.Finding.MISSING)),
            rule -> fetcher.map(real -> real.objection(rule)).orElseGet(() -> objection(rule)),
            prefix -> Future.succeededFuture(validations.get(prefix)),
            POLICIES,
            clock);
    ecr = new LiveEcr(new RuleOperations(parts).all());
  }

  private Future<Optional<String>> objection(Rule rule) {
    judged.add(rule);
    return Future.succeededFuture(Optional.ofNullable(objections.get(rule.upstream())));
  }

  Reply call(String operation, JsonObject body) throws IOException {
    return ecr.call(operation, body.encode());
  }

  Reply call(AccessKey key, String operation, JsonObject body) throws IOException {
    return ecr.call(key, operation, body.encode());
  }

  /** Makes a rule, which must succeed. */
  JsonObject create(String prefix, String url) throws IOException {
    return done(call(CREATE, wanted(prefix, url)));
  }

  static JsonObject wanted(String prefix, String url) {
    return prefix(prefix).put("upstreamRegistryUrl", url);
  }

  static JsonObject prefix(String prefix) {
    return new JsonObject().put("ecrRepositoryPrefix", prefix);
  }

  /** The body of an answer that must not be an error. */
  static JsonObject done(Reply reply) {
    if (reply.status() != 200) {
      throw new AssertionError(reply.text());
    }
    return reply.json();
  }

  @Override
  public void close() {
    ecr.close();
    metadata.close();
    folder.close();
  }
}
