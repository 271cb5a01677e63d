package dev.sluice.metadata.redis;

import dev.sluice.metadata.CreationTemplate;
import dev.sluice.metadata.CreationTemplates;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Creation templates, each under its prefix. */
final class RedisTemplates implements CreationTemplates {

  private final PrefixHash<CreationTemplate> templates;

  RedisTemplates(Records records, Keys keys) {
    this.templates = new PrefixHash<>(records, keys.templates(), CreationTemplate::prefix);
  }

  @Override
  public Future<List<CreationTemplate>> all() {
    return templates.all();
  }

  @Override
  public Future<Boolean> create(CreationTemplate template) {
    return templates.create(template);
  }

  @Override
  public Future<Optional<CreationTemplate>> amend(
      String prefix, UnaryOperator<CreationTemplate> change) {
    return templates.amend(prefix, change);
  }

  @Override
  public Future<Optional<CreationTemplate>> remove(String prefix) {
    return templates.remove(prefix);
  }
}
