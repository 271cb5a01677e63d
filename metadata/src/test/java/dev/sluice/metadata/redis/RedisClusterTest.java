package dev.sluice.metadata.redis;

import static dev.sluice.metadata.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.CatalogContract;
import dev.sluice.metadata.RemovalContract;
import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.RepositoriesContract;
import dev.sluice.metadata.Rules;
import dev.sluice.metadata.RulesContract;
import dev.sluice.metadata.TagIndex;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contracts of what is changed in one step, where keys lie on several masters. */
@RequiresRedis
class RedisClusterTest {

  @RegisterExtension
  private static final RunningRedis REDIS = new RunningRedis(RedisPlace::cluster);

  @Test
  void whatBelongsToNoRepositoryIsKept() throws Exception {
    RedisMetadata metadata = REDIS.metadata();
    Answers.of(metadata.rules().create(stored("quay", "quay.io")));
    Answers.of(metadata.closedPrefixes().add(Set.of("quay")));

    assertThat(Answers.of(metadata.rules().all())).containsExactly(stored("quay", "quay.io"));
    assertThat(Answers.of(metadata.closedPrefixes().all())).containsExactly("quay");
    assertThat(Answers.of(metadata.identity())).isEqualTo(Answers.of(metadata.identity()));
  }

  @Test
  void aChangeIsHeardOnEveryNode() throws Exception {
    try (RedisChanges told = RedisChanges.open(REDIS.vertx(), REDIS.place().settings());
        RedisChanges hearing = RedisChanges.open(REDIS.vertx(), REDIS.place().settings())) {
      HeardChanges heard = new HeardChanges();
      hearing.start(heard);
      heard.await("everything");
      told.rules();
      heard.await("rules");
    }
  }

  @Nested
  class OfRules extends RulesContract {
    @Override
    protected Rules rules() {
      return REDIS.metadata().rules();
    }
  }

  @Nested
  class OfCatalog extends CatalogContract {
    @Override
    protected Catalog catalog() {
      return REDIS.metadata().catalog();
    }
  }

  @Nested
  class OfRemoval extends RemovalContract {
    @Override
    protected Catalog catalog() {
      return REDIS.metadata().catalog();
    }

    @Override
    protected TagIndex tags() {
      return REDIS.metadata().tags();
    }

    @Override
    protected Repositories repositories() {
      return REDIS.metadata().repositories();
    }
  }

  @Nested
  class OfRepositories extends RepositoriesContract {
    @Override
    protected Repositories repositories() {
      return REDIS.metadata().repositories();
    }

    @Override
    protected Catalog catalog() {
      return REDIS.metadata().catalog();
    }

    @Override
    protected TagIndex tags() {
      return REDIS.metadata().tags();
    }
  }
}
