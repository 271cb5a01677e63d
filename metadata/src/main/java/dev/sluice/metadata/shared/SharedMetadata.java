package dev.sluice.metadata.shared;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.CreationTemplates;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.Rules;
import dev.sluice.metadata.TagIndex;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;

/**
 * The metadata of one node of a cluster: asked of an authority that all nodes share, and of this
 * node's own copy where that fails.
 *
 * <p>Its futures complete on the context that asks. While the authority is gone, what is known here
 * is still answered, and what pulls write is kept here and told later; what people change fails
 * with an {@link IOException} that says so.
 */
public final class SharedMetadata implements Metadata {

  private final Vertx vertx;
  private final Authority authority;
  private final Copy copy;
  private final Waiting waiting;
  private final Identity identity;
  private final Questions questions;
  private final Changes changes;
  private final Heard heard;
  private final NameChanges listener;
  private final long timer;

  /**
   * Opens the metadata of a node, whether or not the authority can be reached.
   *
   * @param changes hears when the copy was dropped, or all was put back into the authority; and of
   *     rules once more, where the authority may not have told them when they were changed
   * @throws IOException where the identity that is remembered in the copy's folder cannot be read
   */
  public static SharedMetadata open(
      Vertx vertx, Sides sides, NameChanges changes, AuthorityHealth health) throws IOException {
    return new SharedMetadata(vertx, sides, new Listeners(changes, health), Patience.USUAL);
  }

  /** Who hears of what happens. */
  record Listeners(NameChanges changes, AuthorityHealth health) {}

  SharedMetadata(Vertx vertx, Sides sides, Listeners listeners, Patience patience)
      throws IOException {
    this.vertx = vertx;
    RememberedIdentity remembered = new RememberedIdentity(sides.folder());
    authority = new Authority(sides.authority(), patience, listeners.health, this::beatSoon);
    copy = new Copy(sides.copy());
    waiting = new Waiting(authority, listeners.health);
    identity =
        new Identity(
            new Identity.Source(authority, sides.identity()),
            new CopyMending(authority, copy, listeners.health, remembered),
            broughtInLine(listeners.changes),
            remembered.read());
    questions = new Questions(authority, copy, waiting, identity);
    this.changes = new Changes(authority, copy, waiting, questions);
    heard = new Heard(copy, questions, this.changes, this);
    listener = listeners.changes;
    timer = vertx.setPeriodic(1, patience.beat().toMillis(), _ -> beat());
  }

  /** What was copied while the copy was being dropped may have been dropped too. */
  private NameChanges broughtInLine(NameChanges listener) {
    return new NameChanges() {
      @Override
      public void everything() {
        heard.everything();
        listener.everything();
      }
    };
  }

  private void beatSoon() {
    vertx.runOnContext(_ -> beat());
  }

  /** Asks whether the authority is there and the same, and tells it what it has not heard. */
  Future<Void> beat() {
    return identity
        .isStillSame()
        .compose(
            isSame -> {
              if (isSame) {
                heard.catchUp(listener::rules);
              }
              return waiting.replay();
            });
  }

  /** Whether the authority answers, and not this node's own copy. */
  public boolean isShared() {
    return !authority.isSpared();
  }

  /** To be called with what other nodes publish. */
  public NameChanges heard() {
    return heard;
  }

  @Override
  public Rules rules() {
    return new SharedRules(questions, changes);
  }

  @Override
  public CreationTemplates templates() {
    return new SharedTemplates(questions, changes);
  }

  @Override
  public Repositories repositories() {
    return new SharedRepositories(questions, changes);
  }

  @Override
  public TagIndex tags() {
    return new SharedTagIndex(questions, changes);
  }

  @Override
  public Catalog catalog() {
    return new SharedCatalog(questions, changes);
  }

  @Override
  public RateLimits rateLimits() {
    return new SharedRateLimits(questions, changes);
  }

  /** Ends its own work; the authority and the copy are for others to close. */
  @Override
  public void close() {
    vertx.cancelTimer(timer);
    authority.close();
    copy.close();
  }
}
