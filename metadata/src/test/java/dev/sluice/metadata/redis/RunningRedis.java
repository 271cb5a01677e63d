package dev.sluice.metadata.redis;

import dev.sluice.metadata.Answers;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One Redis for the tests of a class, empty at the start of each, and metadata in it. */
final class RunningRedis
    implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

  private final Starting starting;
  private final List<String> undecodable = Collections.synchronizedList(new ArrayList<>());
  private Vertx vertx;
  private RedisPlace place;
  private RedisMetadata metadata;

  RunningRedis(Starting starting) {
    this.starting = starting;
  }

  /** Starts what the tests of a class need. */
  interface Starting {
    RedisPlace start() throws Exception;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    if (place == null) {
      vertx = Vertx.vertx();
      place = starting.start();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    place.empty();
    undecodable.clear();
    metadata = another();
  }

  Vertx vertx() {
    return vertx;
  }

  RedisPlace place() {
    return place;
  }

  RedisMetadata metadata() {
    return metadata;
  }

  /** As another node sees it; to be closed by who asks. */
  RedisMetadata another() {
    return RedisMetadata.open(vertx, place.settings(), undecodable::add);
  }

  List<String> undecodable() {
    return undecodable;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    metadata.close();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (context.getTestClass().filter(Class::isMemberClass).isEmpty()) {
      place.close();
      Answers.of(vertx.close());
    }
  }
}
