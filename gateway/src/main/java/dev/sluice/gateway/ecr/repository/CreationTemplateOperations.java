package dev.sluice.gateway.ecr.repository;

import dev.sluice.gateway.ecr.EcrAnswer;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Operation;
import dev.sluice.gateway.ecr.Page;
import dev.sluice.gateway.ecr.PageRequest;
import dev.sluice.gateway.ecr.Registry;
import dev.sluice.gateway.ecr.Shape;
import dev.sluice.metadata.CreationTemplate;
import dev.sluice.metadata.CreationTemplates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Creates, describes, updates and deletes repository creation templates. */
public final class CreationTemplateOperations {

  private static final int MAX_PAGE = 1000;
  private static final int MOST_PREFIXES = 1000;

  private final Registry registry;
  private final CreationTemplates templates;
  private final Clock clock;

  /** On these templates. */
  public CreationTemplateOperations(Registry registry, CreationTemplates templates, Clock clock) {
    this.registry = registry;
    this.templates = templates;
    this.clock = clock;
  }

  private record Description(Set<String> prefixes, PageRequest page) {}

  /** Every operation of this group. */
  public List<Operation<?>> all() {
    return List.of(
        Operation.forAdmins(
            "CreateRepositoryCreationTemplate",
            TemplateMembers::readCreation,
            (_, asked) -> create(asked)),
        Operation.forAdmins(
            "DescribeRepositoryCreationTemplates",
            CreationTemplateOperations::readDescription,
            (_, asked) -> describe(asked)),
        Operation.forAdmins(
            "UpdateRepositoryCreationTemplate",
            TemplateMembers::readUpdate,
            (_, asked) -> update(asked)),
        Operation.forAdmins(
            "DeleteRepositoryCreationTemplate",
            TemplateMembers::prefix,
            (_, prefix) -> delete(prefix)));
  }

  private static Description readDescription(Members members) {
    List<String> prefixes =
        members.texts("prefixes", 0, MOST_PREFIXES, Shape.TEMPLATE_PREFIX).stream()
            .map(TemplateMembers::bare)
            .toList();
    return new Description(Set.copyOf(prefixes), members.page(MAX_PAGE));
  }

  private EcrAnswer create(TemplateMembers asked) {
    CreationTemplate template = asked.create(clock.instant());
    return templates.create(template).await() ? one(template) : alreadyExists(asked.prefix());
  }

  /** A template that is asked for and not there is left out, for the operation has no error. */
  private EcrAnswer describe(Description asked) {
    List<CreationTemplate> shown =
        templates.all().await().stream()
            .filter(
                template -> asked.prefixes.isEmpty() || asked.prefixes.contains(template.prefix()))
            .toList();
    Page<CreationTemplate> page = Page.of(shown, CreationTemplate::prefix, asked.page);
    JsonArray list = new JsonArray(page.items().stream().map(TemplateView::json).toList());
    return new Done(page.into(answer().put("repositoryCreationTemplates", list)));
  }

  private EcrAnswer update(TemplateMembers asked) {
    Instant now = clock.instant();
    return oneOf(
        asked.prefix(), templates.amend(asked.prefix(), known -> asked.update(known, now)).await());
  }

  private EcrAnswer delete(String prefix) {
    return oneOf(prefix, templates.remove(prefix).await());
  }

  private EcrAnswer oneOf(String prefix, Optional<CreationTemplate> template) {
    return template.map(this::one).orElseGet(() -> notFound(prefix));
  }

  private EcrAnswer one(CreationTemplate template) {
    return new Done(answer().put("repositoryCreationTemplate", TemplateView.json(template)));
  }

  private JsonObject answer() {
    return new JsonObject().put("registryId", registry.account());
  }

  private Failed notFound(String prefix) {
    return new Failed(
        ErrorType.TEMPLATE_NOT_FOUND,
        "The repository creation template with prefix '%s' does not exist in the registry with id '%s'"
            .formatted(prefix, registry.account()));
  }

  private Failed alreadyExists(String prefix) {
    return new Failed(
        ErrorType.TEMPLATE_ALREADY_EXISTS,
        "The repository creation template with prefix '%s' already exists in the registry with id '%s'"
            .formatted(prefix, registry.account()));
  }
}
