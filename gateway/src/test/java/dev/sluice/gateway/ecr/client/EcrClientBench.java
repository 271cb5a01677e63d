package dev.sluice.gateway.ecr.client;

import static dev.sluice.gateway.live.PlainPolicies.POLICIES;

import dev.sluice.fetcher.Validation;
import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.access.AccessList;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.access.RegistryTokens;
import dev.sluice.gateway.ecr.LiveEcr;
import dev.sluice.gateway.ecr.Operation;
import dev.sluice.gateway.ecr.RegistryOperations;
import dev.sluice.gateway.ecr.live.OperationBench;
import dev.sluice.gateway.ecr.rule.CredentialFiles;
import dev.sluice.gateway.ecr.rule.RuleOperations;
import dev.sluice.metadata.RuleBook;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;

/** The whole API over HTTP on loopback, and Amazon's client for it. */
final class EcrClientBench implements AutoCloseable {

  /** The one credential file that there is. */
  static final String CREDENTIAL = "ecr-pullthroughcache/docker-hub";

  final OperationBench operations = new OperationBench();
  final EcrClient client;
  private final List<Operation<?>> all = new ArrayList<>();
  private final LiveEcr ecr;

  EcrClientBench() {
    all.addAll(operations.operations);
    all.addAll(rules().all());
    AccessList access = AccessList.of(Anonymous.NONE, List.of(LiveEcr.ADMIN), List.of());
    RegistryTokens tokens = new RegistryTokens(Clock.systemUTC(), () -> access);
    all.addAll(new RegistryOperations(LiveEcr.REGISTRY, tokens).all());
    ecr = new LiveEcr(all);
    // The client signs with the machine's own clock.
    ecr.clock().advance(Duration.between(ecr.clock().instant(), Instant.now()));
    client = client(LiveEcr.ADMIN);
  }

  private RuleOperations rules() {
    var book =
        new RuleBook(
            List.of(),
            operations.metadata.rules(),
            UnaryOperator.identity(),
            _ -> Future.succeededFuture());
    return new RuleOperations(
        new RuleOperations.Parts(
            LiveEcr.REGISTRY,
            book,
            name ->
                Future.succeededFuture(
                    name.equals(CREDENTIAL)
                        ? CredentialFiles.Finding.USABLE
                        : CredentialFiles.Finding.MISSING),
            rule ->
                Future.succeededFuture(
                    rule.upstream().equals("10.0.0.1")
                        ? Optional.of("its address is private.")
                        : Optional.empty()),
            prefix -> Future.succeededFuture(new Validation.Valid("all is well.")),
            POLICIES,
            operations.clock));
  }

  /** The names of all operations. */
  List<String> names() {
    return all.stream().map(Operation::name).toList();
  }

  /** A client that signs with this key and asks once. */
  EcrClient client(AccessKey key) {
    return EcrClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + ecr.port()))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
        .overrideConfiguration(each -> each.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  @Override
  public void close() {
    client.close();
    ecr.close();
    operations.close();
  }
}
