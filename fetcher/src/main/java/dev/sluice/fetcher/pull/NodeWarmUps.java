package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.WarmUp;
import dev.sluice.fetcher.WarmUpAnswer;
import dev.sluice.fetcher.WarmUpRequest;
import dev.sluice.fetcher.WarmUps;
import dev.sluice.fetcher.warmup.ImageName;
import dev.sluice.fetcher.warmup.Kept;
import dev.sluice.fetcher.warmup.Plan;
import dev.sluice.fetcher.warmup.PlanReader;
import dev.sluice.fetcher.warmup.Progress;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The warm-ups of this node. What they are is kept on its one context; they end with it. */
final class NodeWarmUps implements WarmUps {

  private static final Logger LOG = LoggerFactory.getLogger(NodeWarmUps.class);

  private final FetchParts parts;
  private final Kept kept = new Kept();
  private Vertx vertx;
  private Tasks tasks;
  private Supplier<RuleTable> rules;
  private ImageWarming warming;
  private WarmUpLane.Desk lanes;
  private CatalogueListing.Desk listings;

  NodeWarmUps(FetchParts parts) {
    this.parts = parts;
  }

  /** Makes ready for requests, on the context where everything is decided. */
  void open(Vertx here, Tasks on, Workshop workshop) {
    vertx = here;
    tasks = on;
    rules =
        () -> {
          workshop.upstreams().heed();
          return parts.rules().get();
        };
    warming = new ImageWarming(rules, workshop);
    Patience patience = new Patience(parts.clock(), on);
    lanes = new WarmUpLane.Desk(on, patience, warming, parts.metrics());
    listings = new CatalogueListing.Desk(rules, workshop.upstreams(), patience);
  }

  @Override
  public Future<WarmUpAnswer> begin(WarmUpRequest request) {
    return task(() -> begun(request));
  }

  private WarmUpAnswer begun(WarmUpRequest request) {
    var reader =
        new PlanReader(rules.get(), image -> warming.objection(image).map(no -> no.message()));
    return switch (reader.read(request)) {
      case PlanReader.Wrong(var mistakes) -> new WarmUpAnswer.Invalid(mistakes);
      case PlanReader.Read _ when !kept.hasRoom() -> new WarmUpAnswer.TooMany();
      case PlanReader.Read(var plan) -> {
        Progress progress =
            new Progress(
                UUID.randomUUID().toString(), parts.clock(), parts.metrics()::warmUpsWaiting);
        kept.add(progress);
        begin(plan, progress);
        yield new WarmUpAnswer.Begun(progress.now());
      }
    };
  }

  private void begin(Plan plan, Progress progress) {
    Map<String, WarmUpLane> byRule = new HashMap<>();
    Consumer<ImageName> wanted =
        image -> {
          progress.want();
          byRule
              .computeIfAbsent(
                  ruleOf(image), _ -> new WarmUpLane(lanes, progress, plan.platforms()))
              .add(image);
        };
    switch (plan) {
      case Plan.Images(var images, _) -> {
        images.forEach(wanted);
        progress.listed();
      }
      case Plan.Catalogue catalogue ->
          list(new CatalogueListing(listings, catalogue, progress, wanted), progress);
    }
  }

  private void list(CatalogueListing listing, Progress progress) {
    tasks
        .run(
            () -> {
              listing.list();
              return null;
            })
        .onFailure(
            bug -> {
              LOG.error("a catalogue was not listed to its end", bug);
              progress.want();
              progress.failed("the catalogue", "this node failed on it; its log says why");
            })
        .onComplete(_ -> progress.listed());
  }

  private String ruleOf(ImageName image) {
    return rules.get().match(image.repository()).map(Rule::prefix).orElse("");
  }

  @Override
  public Future<List<WarmUp>> all() {
    return task(() -> kept.all().stream().map(Progress::now).toList());
  }

  @Override
  public Future<Optional<WarmUp>> find(String id) {
    return task(() -> kept.find(id).map(Progress::now));
  }

  @Override
  public Future<Optional<WarmUp>> cancel(String id) {
    return task(
        () -> {
          kept.find(id).ifPresent(Progress::cancel);
          return kept.find(id).map(Progress::now);
        });
  }

  /** Ends all of them: the node is about to end. */
  Future<Void> cancelAll() {
    return task(
        () -> {
          kept.all().forEach(Progress::cancel);
          return null;
        });
  }

  private <T> Future<T> task(Callable<T> body) {
    return tasks.runFor(((VertxInternal) vertx).getOrCreateContext(), body);
  }
}
