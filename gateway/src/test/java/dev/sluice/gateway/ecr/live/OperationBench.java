package dev.sluice.gateway.ecr.live;

import static dev.sluice.gateway.live.LiveGateway.await;

import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.access.AccessList;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.access.Grants;
import dev.sluice.gateway.access.LayerTickets;
import dev.sluice.gateway.ecr.Caller;
import dev.sluice.gateway.ecr.EcrAnswer;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Operation;
import dev.sluice.gateway.ecr.Registry;
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
import dev.sluice.gateway.live.OwnFolder;
import dev.sluice.gateway.live.ScriptedFetch;
import dev.sluice.gateway.live.SettableClock;
import dev.sluice.gateway.registry.AnswerMemory;
import dev.sluice.gateway.registry.NotedPulls;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.RepositorySettings;
import dev.sluice.metadata.TagEntry;
import dev.sluice.metadata.embedded.EmbeddedMetadata;
import dev.sluice.storage.Digest;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.growing.LocalBlobs;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The operations of the ECR API on repositories, images and lifecycle policies, over real metadata
 * and a real store; the fetcher is scripted. They are asked as the edge asks them.
 */
public final class OperationBench implements AutoCloseable {

  public static final Registry REGISTRY =
      new Registry("123456789012", "us-east-1", URI.create("http://127.0.0.1:5000"));
  public static final AccessKey ADMIN = new AccessKey("ADMIN", "s".repeat(40), Grants.ADMIN);

  /** May pull what lies under {@code team}. */
  public static final AccessKey PULLER =
      new AccessKey("PULLER", "p".repeat(40), Grants.of(List.of("pull:team/*")));

  public static final RepositoryName APP = new RepositoryName("team/app");

  public final SettableClock clock = new SettableClock();
  public final ScriptedFetch fetch = new ScriptedFetch();
  public final EmbeddedMetadata metadata;
  public final LocalBlobs blobs;
  public final LayerTickets tickets;
  public final List<Operation<?>> operations;

  /** The repositories of which was said that they have changed. */
  public final List<RepositoryName> changed = new CopyOnWriteArrayList<>();

  private final OwnFolder folder = new OwnFolder();
  private final Vertx vertx = Vertx.vertx();
  private final PlainDeletions deletions;
  private final DecidingContext decisions = new DecidingContext();

  public OperationBench() {
    try {
      metadata = EmbeddedMetadata.open(folder.path().resolve("metadata"), clock, kind -> {});
      blobs = new LocalBlobs(DiskBlobStore.open(folder.path().resolve("store")));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    var access = AccessList.of(Anonymous.NONE, List.of(ADMIN, PULLER), List.of());
    tickets = new LayerTickets(clock, () -> access);
    deletions = new PlainDeletions(metadata);
    operations = build();
    await(
        vertx.deployVerticle(
            decisions, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD)));
  }

  private List<Operation<?>> build() {
    var lookup = new RepositoryLookup(REGISTRY, metadata.repositories());
    var catalog = metadata.catalog();
    var tags = metadata.tags();
    var pulls = new NotedPulls(fetch, new AnswerMemory(), clock);
    return Stream.of(
            new RepositoryOperations(lookup, catalog, deletions, new ChangesHeard(changed), clock)
                .all(),
            new ResourceTagOperations(lookup).all(),
            new CreationTemplateOperations(REGISTRY, metadata.templates(), clock).all(),
            new ImageListing(lookup, catalog, tags).all(),
            new LayerOperations(lookup, catalog, tickets).all(),
            new LifecycleOperations(lookup).all(),
            new PreviewOperations(lookup, catalog, tags, clock).all(),
            List.<Operation<?>>of(
                new BatchGetImage(lookup, fetch, blobs, pulls::pulled).operation(),
                new BatchDeleteImage(lookup, catalog, tags, deletions).operation(),
                new ImageReferrers(lookup, catalog, blobs).operation()))
        .flatMap(List::stream)
        .toList();
  }

  /** What was deleted, such as {@code team/app:latest}, in order. */
  public List<String> deleted() {
    return List.copyOf(deletions.deleted);
  }

  /** What an administrator is answered. */
  public JsonObject done(String operation, JsonObject request) {
    return switch (ask(ADMIN, operation, request)) {
      case Done(var body) -> body;
      case Failed failed -> throw new AssertionError(failed);
    };
  }

  /** How an administrator is refused. */
  public Failed failed(String operation, JsonObject request) {
    return failed(ADMIN, operation, request);
  }

  /** The same of anybody. */
  public Failed failed(AccessKey key, String operation, JsonObject request) {
    return switch (ask(key, operation, request)) {
      case Failed failed -> failed;
      case Done(var body) -> throw new AssertionError(body);
    };
  }

  /** What somebody is answered. The request goes through its text, as over HTTP. */
  public EcrAnswer ask(AccessKey key, String operation, JsonObject request) {
    Operation<?> asked =
        operations.stream().filter(each -> each.name().equals(operation)).findFirst().orElseThrow();
    Members members = Members.of(new JsonObject(request.encode()), REGISTRY);
    return await(decisions.decide(() -> asked.answer(REGISTRY, Caller.of(key), members)));
  }

  /** A request about the repository {@link #APP}. */
  public static JsonObject app() {
    return new JsonObject().put("repositoryName", APP.value());
  }

  /** Makes a repository. */
  public void make(RepositoryName name) {
    await(metadata.repositories().create(plain(name)));
  }

  private Repository plain(RepositoryName name) {
    return new Repository(name, clock.instant(), RepositorySettings.USUAL, Optional.empty());
  }

  /** Keeps an image in {@link #APP}, as a pull would. */
  public ImageRecord keep(ImageRecord image, String... tagged) {
    await(metadata.catalog().keep(plain(APP), image));
    for (String tag : tagged) {
      var entry = new TagEntry(image.digest(), image.mediaType(), clock.instant());
      await(metadata.tags().point(APP, new Tag(tag), entry));
    }
    return image;
  }

  /** Stores a manifest's bytes. */
  public Digest store(String manifest) {
    Buffer bytes = Buffer.buffer(manifest);
    Digest digest = Digest.sha256(bytes.getBytes());
    await(blobs.put(digest, bytes));
    return digest;
  }

  @Override
  public void close() {
    await(vertx.close());
    blobs.close();
    metadata.close();
    folder.close();
  }
}
