package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.pull.ManifestDocument.Child;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.warmup.ImageName;
import dev.sluice.fetcher.warmup.Progress;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Brings one image in as a pull would, for nobody in particular: its manifest, the children of an
 * index, their configs and layers. What is here already costs no contact with upstream. Its methods
 * wait; confined to one context.
 */
final class ImageWarming {

  /** An image that lists more is not brought in: nobody ships one. */
  private static final int MOST_LISTED = 1_000;

  /** Indexes within indexes. */
  private static final int DEEPEST = 3;

  private final Supplier<RuleTable> rules;
  private final Workshop workshop;

  /**
   * @param rules those in force now
   */
  ImageWarming(Supplier<RuleTable> rules, Workshop workshop) {
    this.rules = rules;
    this.workshop = workshop;
  }

  /**
   * An image that is looked at.
   *
   * @param rule as it is in force, but that nothing else completes its indexes
   */
  private record Visit(Rule rule, ImageName image, Platforms platforms, Progress progress) {}

  /** What the rules have against an image; empty where one lets it through. */
  Optional<Refused> objection(ImageName image) {
    return rules
        .get()
        .match(image.repository())
        .map(rule -> Admission.refusal(rule, image.repository(), image.reference()))
        .orElseGet(() -> Optional.of(Refusals.noRule(image.repository())));
  }

  /**
   * Brings an image in, or goes on with it.
   *
   * @param chosen empty for what its rule says
   */
  ImageOutcome bringIn(ImageName image, Optional<Platforms> chosen, Progress progress) {
    Optional<Refused> objection = objection(image);
    if (objection.isPresent()) {
      return new ImageOutcome.Failed(objection.get().message());
    }
    Rule rule = rules.get().match(image.repository()).orElseThrow();
    Platforms platforms =
        chosen.orElseGet(() -> OwnPlatform.inPlaceOfNone(rule.policies().platforms()));
    // Its own choice of platforms counts, so completion by the rule's stays out of it.
    Rule alone = rule.with(rule.policies().with(new Platforms.Requested()));
    Visit visit = new Visit(alone, image, platforms, progress);
    return switch (resolve(visit)) {
      case Found found -> bringIn(visit, found.manifest(), 0);
      case Refused refused -> ImageOutcome.of(refused);
    };
  }

  private ManifestAnswer resolve(Visit visit) {
    var repository = visit.image.repository();
    return switch (visit.image.reference()) {
      case Reference.ByDigest(var digest) ->
          workshop
              .manifests()
              .byDigest(Optional.of(visit.rule), repository, digest, Purpose.COMPLETION);
      case Reference.Tag tag ->
          workshop
              .tagged()
              .confirmed(visit.rule, new TagName(repository, tag, workshop.eras().of(repository)));
    };
  }

  private ImageOutcome bringIn(Visit visit, Descriptor manifest, int depth) {
    return switch (workshop.shelf().document(manifest)) {
      case ManifestDocument.Index(_, var children) -> index(visit, children, depth);
      case ManifestDocument.Image(_, var listed) -> blobs(visit, listed);
      case ManifestDocument.Unusable(var reason) -> new ImageOutcome.Failed(reason);
    };
  }

  /** A child that is not to be had does not keep the others out; that one has to wait does. */
  private ImageOutcome index(Visit visit, List<Child> children, int depth) {
    List<Child> wanted =
        children.stream().filter(child -> visit.platforms.wants(child.platform())).toList();
    if (children.size() > MOST_LISTED || depth == DEEPEST) {
      return new ImageOutcome.Failed("it lists more than any image does, so it is left out");
    }
    if (wanted.isEmpty() && !children.isEmpty()) {
      return new ImageOutcome.Failed(without(visit.platforms, children));
    }
    ImageOutcome first = ImageOutcome.DONE;
    for (Child child : wanted) {
      ImageOutcome outcome = child(visit, child, depth);
      if (outcome instanceof ImageOutcome.Later || outcome instanceof ImageOutcome.Stopped) {
        return outcome;
      }
      first = first instanceof ImageOutcome.Done ? outcome : first;
    }
    return first;
  }

  private static String without(Platforms wanted, List<Child> children) {
    String listed =
        children.stream()
            .map(child -> child.platform().toString())
            .distinct()
            .limit(20)
            .collect(Collectors.joining(", "));
    return "it has no image for "
        + (wanted instanceof Platforms.Only(var ours) ? ours : "any platform")
        + "; choose others by platforms: it has "
        + listed;
  }

  private ImageOutcome child(Visit visit, Child child, int depth) {
    if (visit.progress.isOver()) {
      return new ImageOutcome.Stopped();
    }
    var digest = child.member().digest();
    return switch (workshop
        .manifests()
        .byDigest(Optional.of(visit.rule), visit.image.repository(), digest, Purpose.COMPLETION)) {
      case Found found -> bringIn(visit, found.manifest(), depth + 1);
      case Refused refused -> ImageOutcome.of(refused);
    };
  }

  private ImageOutcome blobs(Visit visit, List<Member> listed) {
    if (listed.size() > MOST_LISTED) {
      return new ImageOutcome.Failed("it lists more than any image does, so it is left out");
    }
    for (Member blob : listed) {
      if (visit.progress.isOver()) {
        return new ImageOutcome.Stopped();
      }
      switch (workshop.completion().complete(visit.rule, visit.image.repository(), blob.digest())) {
        case Completed.Here(var size, var isNew) when isNew ->
            visit.progress.arrived(size.orElse(0));
        case Completed.Here _ -> {}
        case Completed.Not(var why) when isElsewhere(blob, why) -> {}
        case Completed.Not(var why) -> {
          return ImageOutcome.of(why);
        }
      }
    }
    return ImageOutcome.DONE;
  }

  /** Layers of a foreign kind need not be in any registry (OCI image spec, "Non-Distributable"). */
  private static boolean isElsewhere(Member blob, Refused why) {
    return why.reason() == Reason.BLOB_UNKNOWN
        && blob.mediaType()
            .filter(type -> type.contains("foreign") || type.contains("nondistributable"))
            .isPresent();
  }
}
