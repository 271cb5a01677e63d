package dev.sluice.metadata.embedded;

import static dev.sluice.metadata.record.RecordForm.TEMPLATE;

import dev.sluice.metadata.CreationTemplate;
import dev.sluice.metadata.CreationTemplates;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Creation templates, each under its prefix. */
final class EmbeddedTemplates implements CreationTemplates {

  private final PrefixTable<CreationTemplate> templates;

  EmbeddedTemplates(RecordFile file) {
    this.templates = new PrefixTable<>(file, TEMPLATE, CreationTemplate::prefix);
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
