package dev.sluice.metadata.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What was heard, in its order. */
final class HeardChanges implements NameChanges {

  private static final long MOST_SECONDS = 30;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @Override
  public void tag(RepositoryName repository, Tag tag) {
    heard.add("tag " + repository + ":" + tag);
  }

  @Override
  public void images(RepositoryName repository, Set<Digest> digests) {
    Set<String> sorted = new TreeSet<>();
    digests.forEach(digest -> sorted.add(digest.toString()));
    heard.add("images " + repository + sorted);
  }

  @Override
  public void repository(RepositoryName repository) {
    heard.add("repository " + repository);
  }

  @Override
  public void rules() {
    heard.add("rules");
  }

  @Override
  public void everything() {
    heard.add("everything");
  }

  /** Waits for this to be heard next. */
  void await(String expected) throws InterruptedException {
    assertThat(heard.poll(MOST_SECONDS, TimeUnit.SECONDS)).isEqualTo(expected);
  }

  /** Waits for this to be heard, and says what was heard before. */
  List<String> awaitPast(String expected) throws InterruptedException {
    List<String> before = new ArrayList<>();
    String next = heard.poll(MOST_SECONDS, TimeUnit.SECONDS);
    while (!expected.equals(next)) {
      assertThat(next).as("after %s", before).isNotNull();
      before.add(next);
      next = heard.poll(MOST_SECONDS, TimeUnit.SECONDS);
    }
    return before;
  }
}
