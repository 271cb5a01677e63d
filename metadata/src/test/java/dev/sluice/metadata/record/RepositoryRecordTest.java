package dev.sluice.metadata.record;

import static dev.sluice.metadata.Samples.fullImage;
import static dev.sluice.metadata.Samples.fullRepository;
import static dev.sluice.metadata.Samples.fullTemplate;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.template;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepositoryRecordTest {

  private final List<String> undecodable = new ArrayList<>();

  private <T> void assertRead(RecordForm<T> form, T value, String text) {
    assertThat(form.read(text, undecodable::add)).contains(value);
    assertThat(undecodable).isEmpty();
  }

  @Test
  void everyFieldOfRepositoriesTemplatesAndImagesIsRead() {
    var repository = fullRepository("a/b");
    assertRead(RecordForm.REPOSITORY, repository, RecordForm.REPOSITORY.write(repository));
    var usual = made(repository.name());
    assertRead(RecordForm.REPOSITORY, usual, RecordForm.REPOSITORY.write(usual));
    var template = fullTemplate("team");
    assertRead(RecordForm.TEMPLATE, template, RecordForm.TEMPLATE.write(template));
    assertRead(RecordForm.TEMPLATE, template("team"), RecordForm.TEMPLATE.write(template("team")));
    var image = fullImage("x");
    assertRead(RecordForm.IMAGE, image, RecordForm.IMAGE.write(image));
  }

  /** The text itself is a promise: stores of earlier versions hold it. */
  @Test
  void theTextsOfRepositoriesAndTemplatesAreAsTheyEverWere() {
    String settings =
        "{\"mutability\":\"IMMUTABLE_WITH_EXCLUSION\",\"exclusions\":[\"dev-*\",\"*\"],"
            + "\"scanOnPush\":true,\"encryption\":\"KMS\","
            + "\"kmsKey\":\"arn:aws:kms:us-east-1:123456789012:key/1\","
            + "\"tags\":{\"empty\":\"\",\"team\":\"a b\"}}";
    assertThat(new JsonObject(RecordForm.REPOSITORY.write(fullRepository("a/b"))))
        .isEqualTo(
            new JsonObject()
                .put("v", 1)
                .put("name", "a/b")
                .put("createdAt", "2026-11-23T12:00:00.123456789Z")
                .put("settings", new JsonObject(settings))
                .put("lifecyclePolicy", "{\"rules\":[]}")
                .put("lifecycleEvaluatedAt", "2026-11-23T12:00:07.123456789Z"));
    assertThat(new JsonObject(RecordForm.TEMPLATE.write(fullTemplate("team"))))
        .isEqualTo(
            new JsonObject()
                .put("v", 1)
                .put("prefix", "team")
                .put("description", "for the team")
                .put("settings", new JsonObject(settings))
                .put("repositoryPolicy", "{\"Version\":\"2012-10-17\"}")
                .put("lifecyclePolicy", "{\"rules\":[]}")
                .put("appliedFor", new JsonArray().add("PULL_THROUGH_CACHE").add("REPLICATION"))
                .put("customRoleArn", "arn:aws:iam::123456789012:role/create")
                .put("createdAt", "2026-11-23T12:00:00.123456789Z")
                .put("updatedAt", "2026-11-23T12:00:09.123456789Z"));
  }

  @Test
  void whatALaterVersionAddsToRepositoriesAndTemplatesIsKept() {
    assertKeepsAdditions(RecordForm.REPOSITORY, fullRepository("a"), made(repository("a")));
    assertKeepsAdditions(RecordForm.TEMPLATE, fullTemplate("a"), template("a"));
  }

  private <T> void assertKeepsAdditions(RecordForm<T> form, T before, T after) {
    JsonObject later = new JsonObject(form.write(before)).put("v", 2).put("owner", "team");
    later.getJsonObject("settings").put("speed", 9);
    assertRead(form, before, later.encode());

    JsonObject rewritten = new JsonObject(form.rewrite(later.encode(), after));

    assertThat(rewritten.getInteger("v")).isEqualTo(2);
    assertThat(rewritten.getString("owner")).isEqualTo("team");
    assertThat(rewritten.getJsonObject("settings").getInteger("speed")).isEqualTo(9);
    assertRead(form, after, rewritten.encode());
  }
}
