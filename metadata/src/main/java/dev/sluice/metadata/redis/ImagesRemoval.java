package dev.sluice.metadata.redis;

import dev.sluice.metadata.Catalog.Selection;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.ImageRemoval;
import dev.sluice.metadata.LifecycleImage;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.TagEntry;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Images that are removed, with all that goes along, by how things are at that moment. */
record ImagesRemoval(Records records, RepositoryKeys place, Selection which) {

  Future<Set<Digest>> make() {
    return Attempts.of(records.link().vertx(), this::attempt);
  }

  /** The revision is read first: whatever is changed from then on makes the attempt fail. */
  private Future<Optional<Set<Digest>>> attempt() {
    return revision()
        .compose(
            revision ->
                worked()
                    .compose(
                        removal ->
                            removal.images().isEmpty()
                                ? Future.succeededFuture(Optional.of(removal.images()))
                                : change(revision, removal)
                                    .make(records.link())
                                    .map(
                                        made ->
                                            made
                                                ? Optional.of(removal.images())
                                                : Optional.empty())));
  }

  private Future<Optional<Buffer>> revision() {
    Request request = Request.cmd(Command.HGET).arg(place.revision()).arg(RepositoryKeys.ONLY);
    return records
        .link()
        .send(request)
        .map(text -> Optional.ofNullable(text).map(Response::toBuffer))
        .recover(
            failure ->
                Failures.isWrongType(failure)
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(failure));
  }

  /** Not on the event loop: a selection may take its time. */
  private Future<ImageRemoval> worked() {
    Future<Optional<Repository>> repository =
        records.value(place.repository(), RepositoryKeys.ONLY);
    Future<SortedMap<String, ImageRecord>> images = records.all(place.images());
    Future<Map<Tag, TagEntry>> tags = RedisTagIndex.all(records, place);
    return Future.all(repository, images, tags)
        .compose(
            _ ->
                records
                    .link()
                    .vertx()
                    .executeBlocking(
                        () -> {
                          List<ImageRecord> held = List.copyOf(images.result().values());
                          Set<Digest> chosen =
                              which.of(repository.result(), LifecycleImage.of(held, tags.result()));
                          return ImageRemoval.of(held, tags.result(), chosen);
                        },
                        false));
  }

  private Change change(Optional<Buffer> revision, ImageRemoval removal) {
    Change change =
        new Change().expect(place.revision(), RepositoryKeys.ONLY, revision).revise(place);
    removal.images().forEach(image -> change.drop(place.images(), image.toString()));
    removal.tags().forEach(tag -> change.drop(place.tags(), tag.value()));
    removal.members().forEach(member -> change.drop(place.members(), member.toString()));
    return change;
  }
}
