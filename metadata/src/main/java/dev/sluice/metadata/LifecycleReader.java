package dev.sluice.metadata;

import dev.sluice.metadata.LifecyclePolicy.Parsed;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one lifecycle policy from its JSON text, and notes the first mistake in it. */
final class LifecycleReader {

  /** ECR's own bound. */
  private static final int MOST_RULES = 50;

  private final LifecycleFields fields = new LifecycleFields();
  private final Set<Integer> priorities = new HashSet<>();
  private final Set<LifecycleSelection> selections = new HashSet<>();

  Parsed read(String text) {
    JsonObject json;
    try {
      json = new JsonObject(text);
    } catch (DecodeException malformed) {
      return new Parsed.Mistake("it is not a JSON object");
    }
    List<LifecycleRule> rules = rules(json);
    return fields
        .mistake()
        .<Parsed>map(Parsed.Mistake::new)
        .orElseGet(() -> new Parsed.Policy(new LifecyclePolicy(rules)));
  }

  private List<LifecycleRule> rules(JsonObject json) {
    fields.only(json, "the policy", "rules");
    if (!(json.getValue("rules") instanceof JsonArray array)
        || array.isEmpty()
        || array.size() > MOST_RULES) {
      fields.wrong("rules must be a list of 1 to " + MOST_RULES + " rules");
      return List.of();
    }
    List<LifecycleRule> rules = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      String where = "rules[" + i + "]";
      if (array.getValue(i) instanceof JsonObject rule) {
        rules.add(rule(rule, where));
      } else {
        fields.wrong(where + " must be an object");
      }
    }
    checkOrder(rules);
    return rules;
  }

  private LifecycleRule rule(JsonObject json, String where) {
    fields.only(json, where, "rulePriority", "description", "selection", "action");
    int priority = fields.positive(json, where, "rulePriority");
    if (!priorities.add(priority)) {
      fields.wrong(where + ".rulePriority must be unlike that of every other rule");
    }
    Optional<String> description = fields.optionalText(json, where, "description");
    JsonObject selection = fields.object(json, where, "selection");
    checkAction(json, where);
    String within = where + ".selection";
    fields.only(
        selection,
        within,
        "tagStatus",
        "tagPrefixList",
        "tagPatternList",
        "countType",
        "countUnit",
        "countNumber");
    return new LifecycleRule(
        priority, description, selection(selection, within), limit(selection, within));
  }

  private void checkAction(JsonObject json, String where) {
    JsonObject action = fields.object(json, where, "action");
    fields.only(action, where + ".action", "type");
    fields.word(action, where + ".action", "type", "expire");
  }

  private LifecycleSelection selection(JsonObject json, String where) {
    String status = fields.word(json, where, "tagStatus", "tagged", "untagged", "any");
    if (!status.equals("tagged")
        && (json.containsKey("tagPrefixList") || json.containsKey("tagPatternList"))) {
      fields.wrong(where + " may have tagPrefixList or tagPatternList only where it is tagged");
    }
    LifecycleSelection selection =
        switch (status) {
          case "tagged" -> new LifecycleSelection.Tagged(fields.patterns(json, where));
          case "untagged" -> new LifecycleSelection.Untagged();
          default -> new LifecycleSelection.Any();
        };
    if (!selections.add(selection)) {
      fields.wrong(where + " must not select the same images as another rule");
    }
    return selection;
  }

  private LifecycleLimit limit(JsonObject json, String where) {
    String type =
        fields.word(
            json, where, "countType", "imageCountMoreThan", "sinceImagePushed", "sinceImagePulled");
    int number = fields.positive(json, where, "countNumber");
    if (type.equals("imageCountMoreThan")) {
      if (json.containsKey("countUnit")) {
        fields.wrong(where + ".countUnit must be left out where images are counted");
      }
      return new LifecycleLimit.MoreThan(number);
    }
    fields.word(json, where, "countUnit", "days");
    return type.equals("sinceImagePulled")
        ? new LifecycleLimit.SincePulled(number)
        : new LifecycleLimit.SincePushed(number);
  }

  private void checkOrder(List<LifecycleRule> rules) {
    int last = rules.stream().mapToInt(LifecycleRule::priority).max().orElse(0);
    rules.stream()
        .filter(rule -> rule.selection() instanceof LifecycleSelection.Any)
        .filter(rule -> rule.priority() != last)
        .findFirst()
        .ifPresent(
            rule -> fields.wrong("the rule of tagStatus any must have the highest rulePriority"));
  }
}
