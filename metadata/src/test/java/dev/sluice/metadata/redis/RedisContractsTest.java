package dev.sluice.metadata.redis;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.CatalogContract;
import dev.sluice.metadata.CreationTemplates;
import dev.sluice.metadata.CreationTemplatesContract;
import dev.sluice.metadata.ImagesContract;
import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.RateLimitsContract;
import dev.sluice.metadata.RemovalContract;
import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.RepositoriesContract;
import dev.sluice.metadata.Rules;
import dev.sluice.metadata.RulesContract;
import dev.sluice.metadata.TagIndex;
import dev.sluice.metadata.TagIndexContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every contract, as the user that is shipped, who may do nothing else. */
@RequiresRedis
class RedisContractsTest {

  @RegisterExtension private static final RunningRedis REDIS = new RunningRedis(RedisPlace::alone);

  @Nested
  class OfRules extends RulesContract {
    @Override
    protected Rules rules() {
      return REDIS.metadata().rules();
    }
  }

  @Nested
  class OfTemplates extends CreationTemplatesContract {
    @Override
    protected CreationTemplates templates() {
      return REDIS.metadata().templates();
    }
  }

  @Nested
  class OfRateLimits extends RateLimitsContract {
    @Override
    protected RateLimits limits() {
      return REDIS.metadata().rateLimits();
    }
  }

  @Nested
  class OfTags extends TagIndexContract {
    @Override
    protected TagIndex tags() {
      return REDIS.metadata().tags();
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
  class OfImages extends ImagesContract {
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
