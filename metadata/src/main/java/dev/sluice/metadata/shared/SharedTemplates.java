package dev.sluice.metadata.shared;

import dev.sluice.metadata.CreationTemplate;
import dev.sluice.metadata.CreationTemplates;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.shared.Question.Extent;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The creation templates of a cluster. */
final class SharedTemplates implements CreationTemplates {

  private final Questions questions;
  private final Changes changes;

  SharedTemplates(Questions questions, Changes changes) {
    this.questions = questions;
    this.changes = changes;
  }

  @Override
  public Future<List<CreationTemplate>> all() {
    Function<Metadata, Future<List<CreationTemplate>>> all = metadata -> metadata.templates().all();
    return questions.ask(
        new Question<>(
            Extent.REPOSITORY,
            Extent.REPOSITORY,
            all,
            templates -> Place.all(templates, TemplatePlace::of)));
  }

  @Override
  public Future<Boolean> create(CreationTemplate template) {
    return changes.make(
        metadata -> metadata.templates().create(template),
        isNew ->
            isNew ? changes.put(TemplatePlace.of(template), template) : Future.succeededFuture());
  }

  @Override
  public Future<Optional<CreationTemplate>> amend(
      String prefix, UnaryOperator<CreationTemplate> change) {
    return changes.make(
        metadata -> metadata.templates().amend(prefix, change),
        amended -> changes.putIfAny(new TemplatePlace(prefix), amended));
  }

  @Override
  public Future<Optional<CreationTemplate>> remove(String prefix) {
    return changes.make(
        metadata -> metadata.templates().remove(prefix),
        _ -> changes.drop(new TemplatePlace(prefix)));
  }
}
