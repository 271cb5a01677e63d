package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.Secrets;
import dev.sluice.gateway.access.LayerTickets;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.gateway.ecr.EcrEdge;
import dev.sluice.gateway.ecr.Operation;
import dev.sluice.gateway.ecr.Registry;
import dev.sluice.gateway.ecr.RegistryOperations;
import dev.sluice.gateway.ecr.image.BatchDeleteImage;
import dev.sluice.gateway.ecr.image.BatchGetImage;
import dev.sluice.gateway.ecr.image.ImageListing;
import dev.sluice.gateway.ecr.image.ImageReferrers;
import dev.sluice.gateway.ecr.image.LayerOperations;
import dev.sluice.gateway.ecr.lifecycle.LifecycleOperations;
import dev.sluice.gateway.ecr.lifecycle.PreviewOperations;
import dev.sluice.gateway.ecr.repository.CreationTemplateOperations;
import dev.sluice.gateway.ecr.repository.RepositoryLookup;
import dev.sluice.gateway.ecr.repository.RepositoryOperations;
import dev.sluice.gateway.ecr.repository.ResourceTagOperations;
import dev.sluice.gateway.ecr.rule.CredentialFiles;
import dev.sluice.gateway.ecr.rule.RuleOperations;
import dev.sluice.gateway.registry.NotedPulls;
import dev.sluice.metadata.Metadata;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The ECR API of a node, put together. */
final class EcrApi {

  /** How long a file may take to be read. */
  private static final long FILE_SECONDS = 5;

  private EcrApi() {}

  static EcrEdge edge(FrontDoor.Parts parts, PullAccess access) {
    Config config = parts.config();
    Registry registry = new Registry(config.account(), config.region(), access.publicUrl());
    return new EcrEdge(
        new EcrEdge.Parts(
            access.list(),
            registry,
            operations(registry, parts, access),
            parts.clock(),
            parts.metrics(),
            config.log().requests()));
  }

  private static List<Operation<?>> operations(
      Registry registry, FrontDoor.Parts parts, PullAccess access) {
    Metadata metadata = parts.stores().metadata();
    RepositoryLookup lookup = new RepositoryLookup(registry, metadata.repositories());
    return Stream.of(
            new RegistryOperations(registry, access.tokens()).all(),
            rules(registry, parts),
            repositories(lookup, parts),
            images(lookup, parts, access.tickets()),
            new LifecycleOperations(lookup).all(),
            new PreviewOperations(lookup, metadata.catalog(), metadata.tags(), parts.clock()).all(),
            new CreationTemplateOperations(registry, metadata.templates(), parts.clock()).all())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Operation<?>> rules(Registry registry, FrontDoor.Parts parts) {
    return new RuleOperations(
            new RuleOperations.Parts(
                registry,
                parts.rules(),
                files(parts.config().secrets(), parts.vertx()),
                made -> parts.fetcher().objection(parts.config().completed(made)),
                parts.fetcher()::validate,
                parts.config().defaults(),
                parts.clock()))
        .all();
  }

  /** A folder that hangs, as one on another machine may, keeps only those who ask for it. */
  private static CredentialFiles files(Secrets secrets, Vertx vertx) {
    return name ->
        vertx
            .executeBlocking(() -> find(secrets, name), false)
            .timeout(FILE_SECONDS, TimeUnit.SECONDS)
            .otherwise(CredentialFiles.Finding.UNREADABLE);
  }

  private static CredentialFiles.Finding find(Secrets secrets, String name) {
    return switch (secrets.read(name)) {
      case Secrets.Found _ -> CredentialFiles.Finding.USABLE;
      case Secrets.Unusable _ when !secrets.has(name) -> CredentialFiles.Finding.MISSING;
      case Secrets.Unusable _ -> CredentialFiles.Finding.UNREADABLE;
    };
  }

  private static List<Operation<?>> repositories(RepositoryLookup lookup, FrontDoor.Parts parts) {
    return Stream.concat(
            new RepositoryOperations(
                    lookup,
                    parts.stores().metadata().catalog(),
                    parts.fetcher(),
                    parts.changes(),
                    parts.clock())
                .all().stream(),
            new ResourceTagOperations(lookup).all().stream())
        .toList();
  }

  private static List<Operation<?>> images(
      RepositoryLookup lookup, FrontDoor.Parts parts, LayerTickets tickets) {
    var catalog = parts.stores().metadata().catalog();
    var tags = parts.stores().metadata().tags();
    var blobs = parts.stores().blobs();
    var pulls = new NotedPulls(parts.fetcher(), parts.memory(), parts.clock());
    return Stream.concat(
            Stream.of(
                new BatchGetImage(lookup, parts.fetcher(), blobs, pulls::pulled).operation(),
                new BatchDeleteImage(lookup, catalog, tags, parts.fetcher()).operation(),
                new ImageReferrers(lookup, catalog, blobs).operation()),
            Stream.concat(
                new ImageListing(lookup, catalog, tags).all().stream(),
                new LayerOperations(lookup, catalog, tickets).all().stream()))
        .toList();
  }
}
