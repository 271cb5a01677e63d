package dev.sluice.metadata.shared;

import dev.sluice.metadata.CreationTemplate;
import dev.sluice.metadata.Metadata;
import io.vertx.core.Future;
import java.util.Optional;

/** Where a creation template is. */
record TemplatePlace(String prefix) implements Place<CreationTemplate> {

  static Place<CreationTemplate> of(CreationTemplate template) {
    return new TemplatePlace(template.prefix());
  }

  @Override
  public Object subject() {
    return this;
  }

  @Override
  public Future<Optional<CreationTemplate>> in(Metadata metadata) {
    return metadata
        .templates()
        .all()
        .map(all -> all.stream().filter(each -> each.prefix().equals(prefix)).findFirst());
  }

  @Override
  public Future<?> put(Metadata copy, CreationTemplate told) {
    return copy.templates()
        .create(told)
        .compose(
            isNew ->
                isNew
                    ? Future.succeededFuture()
                    : copy.templates().amend(prefix, _ -> told).mapEmpty());
  }

  @Override
  public Future<?> drop(Metadata copy) {
    return copy.templates().remove(prefix);
  }
}
