package dev.sluice.metadata.redis;

import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Repository;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An image that is recorded, with all that it lists and its repository, in one step. */
record ImageKeeping(Records records, RepositoryKeys place, Repository asNew, ImageRecord image) {

  Future<Boolean> make() {
    return Attempts.of(records.link().vertx(), this::attempt);
  }

  private Future<Optional<Boolean>> attempt() {
    Map<String, Member> members = members();
    List<String> digests = List.copyOf(members.keySet());
    Future<Known<Repository>> repository = records.find(place.repository(), RepositoryKeys.ONLY);
    Future<Known<ImageRecord>> known = records.find(place.images(), image.digest().toString());
    Future<List<Known<Member>>> admitted = records.find(place.members(), digests);
    return Future.all(repository, known, admitted)
        .compose(
            _ -> {
              Change change = new Change();
              makeRepository(change, repository.result());
              putImage(change, known.result());
              for (int i = 0; i < digests.size(); i++) {
                admit(change, members.get(digests.get(i)), admitted.result().get(i));
              }
              return change.revise(place).make(records.link());
            })
        .map(made -> Optional.of(made).filter(yes -> yes));
  }

  /** The image itself and what it lists; what it lists twice by all that it says. */
  private Map<String, Member> members() {
    List<Member> all = new ArrayList<>();
    all.add(new Member(image.digest(), OptionalLong.of(image.size()), true));
    all.addAll(image.members());
    Map<String, Member> members = new LinkedHashMap<>();
    all.forEach(
        member ->
            members.merge(member.digest().toString(), member, (first, later) -> later.and(first)));
    return members;
  }

  /** An unreadable record stays: it may say what nothing heals, such as that tags do not move. */
  private void makeRepository(Change change, Known<Repository> known) {
    change.expect(place.repository(), RepositoryKeys.ONLY, known);
    if (!known.present()) {
      change.set(place.repository(), RepositoryKeys.ONLY, known, asNew);
    }
  }

  private void putImage(Change change, Known<ImageRecord> known) {
    change.replace(
        place.images(),
        image.digest().toString(),
        known,
        known.value().map(image::since).orElse(image));
  }

  private void admit(Change change, Member member, Known<Member> known) {
    change.replace(
        place.members(),
        member.digest().toString(),
        known,
        known.value().map(member::and).orElse(member));
  }
}
