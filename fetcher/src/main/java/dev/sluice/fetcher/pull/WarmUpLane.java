package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.Journey;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.warmup.ImageName;
import dev.sluice.fetcher.warmup.Progress;
import dev.sluice.metadata.Platforms;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of one warm-up that come from one upstream, worked off in their order, few at a time;
 * an upstream that is slow or used up holds up none but its own. Confined to one context.
 */
final class WarmUpLane {

  private static final Logger LOG = LoggerFactory.getLogger(WarmUpLane.class);

  /** How many images are worked on at once: few, people's pulls come first. */
  private static final int WORKERS = 2;

  /** How often an image is tried whose upstream is in trouble; a rate limit does not count. */
  private static final int MOST_TRIES = 3;

  private final Desk desk;
  private final Progress progress;
  private final Optional<Platforms> platforms;
  private final Deque<Item> waiting = new ArrayDeque<>();
  private int workers;

  /** What all lanes work with. */
  record Desk(Tasks tasks, Patience patience, ImageWarming warming, FetchMetrics metrics) {}

  private record Item(ImageName image, int tries) {}

  WarmUpLane(Desk desk, Progress progress, Optional<Platforms> platforms) {
    this.desk = desk;
    this.progress = progress;
    this.platforms = platforms;
  }

  /** Adds an image, which must be counted as wanted. */
  void add(ImageName image) {
    waiting.addLast(new Item(image, 0));
    if (workers < WORKERS) {
      workers++;
      Journey.aside(() -> desk.tasks.run(this::workOff))
          .onFailure(bug -> LOG.error("a warm-up broke off", bug));
    }
  }

  private Void workOff() {
    try {
      for (Item next = waiting.poll(); next != null; next = waiting.poll()) {
        if (progress.isOver()) {
          waiting.clear();
        } else {
          conclude(next, tried(next));
        }
      }
    } finally {
      workers--;
    }
    return null;
  }

  private ImageOutcome tried(Item item) {
    try {
      return desk.warming.bringIn(item.image, platforms, progress);
    } catch (Exception bug) {
      // await throws whatever a future failed with, checked or not.
      if (bug instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        return new ImageOutcome.Stopped();
      }
      LOG.error("{} was not warmed up", item.image, bug);
      return new ImageOutcome.Failed("this node failed on it; its log says why");
    }
  }

  private void conclude(Item item, ImageOutcome outcome) {
    switch (outcome) {
      case ImageOutcome.Done _ -> {
        progress.done();
        desk.metrics.warmUpEnded(true);
      }
      case ImageOutcome.Failed(var why) -> fail(item, why);
      case ImageOutcome.Later(var why) when why.reason() == Reason.TOO_MANY_REQUESTS -> {
        waiting.addFirst(item);
        desk.patience.sitOut(progress, why);
      }
      case ImageOutcome.Later(var why) -> tryAgain(item, why);
      case ImageOutcome.Stopped _ -> {}
    }
  }

  /** The others come first: it may be this one alone that its upstream fails on. */
  private void tryAgain(Item item, Refused why) {
    if (item.tries + 1 == MOST_TRIES) {
      fail(item, why.message());
    } else {
      waiting.addLast(new Item(item.image, item.tries + 1));
      desk.patience.sitOut(progress, why);
    }
  }

  private void fail(Item item, String why) {
    progress.failed(item.image.toString(), why);
    desk.metrics.warmUpEnded(false);
  }
}
