package dev.sluice.gateway.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MembersTest {

  private enum Colour {
    RED,
    BLUE
  }

  @Test
  void membersAreReadByTheirTypes() {
    Members members =
        members(
            """
            {"text":"x","flag":true,"number":3,"colour":"RED","texts":["a","b"],"none":null,
             "one":{"inner":"i"},"many":[{"inner":"1"},{"inner":"2"}],"repositoryName":"a/b"}\
            """);
    assertThat(members.required("text", Shape.TEXT)).isEqualTo("x");
    assertThat(members.optional("none", Shape.TEXT)).isEmpty();
    assertThat(members.flag("flag")).isTrue();
    assertThat(members.flag("none")).isFalse();
    assertThat(members.number("number", 1, 3)).contains(3);
    assertThat(members.requiredChoice("colour", Colour.class)).isEqualTo(Colour.RED);
    assertThat(members.texts("texts", 1, 2, Shape.TEXT)).containsExactly("a", "b");
    assertThat(members.texts("none", 1, 2, Shape.TEXT)).isEmpty();
    Function<Members, String> inner = structure -> structure.required("inner", Shape.TEXT);
    assertThat(members.structure("one", inner)).contains("i");
    assertThat(members.structures("many", 1, 2, inner)).containsExactly("1", "2");
    assertThat(members.repositoryName()).hasToString("a/b");
    assertThat(members.mistake()).isEmpty();
  }

  @Test
  void theFirstMistakeIsTold() {
    Members members = members("{\"many\":[{\"inner\":\"x\"},{}],\"flag\":1}");
    members.structures("many", 1, 2, structure -> structure.required("inner", Shape.TEXT));
    members.flag("flag");
    assertThat(members.mistake())
        .contains(Failed.invalid("many.2.member.inner", "Member must not be null"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"m\":1}", "{\"m\":true}", "{\"m\":[]}", "{\"m\":{}}", "{\"m\":[\"a\",1]}"})
  void anotherTypeCannotBeRead(String json) {
    Members members = members(json);
    if (json.contains("[\"a\"")) {
      members.texts("m", 1, 5, Shape.TEXT);
    } else {
      members.optional("m", Shape.TEXT);
    }
    assertThat(members.mistake()).map(Failed::type).contains(ErrorType.SERIALIZATION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "11", "2147483648", "-1", "1.5", "1e1", "1e400"})
  void numbersHaveARange(String number) {
    Members members = members("{\"maxResults\":" + number + "}");
    members.number("maxResults", 1, 10);
    assertThat(members.mistake()).map(Failed::type).contains(ErrorType.INVALID_PARAMETER);
  }

  @Test
  void listsHaveALength() {
    for (String list : List.of("[]", "[\"a\",\"b\",\"c\"]")) {
      Members members = members("{\"m\":" + list + "}");
      members.texts("m", 1, 2, Shape.TEXT);
      assertThat(members.mistake()).map(Failed::type).contains(ErrorType.INVALID_PARAMETER);
    }
  }

  @Test
  void anEnumerationTellsItsValues() {
    Members members = members("{\"colour\":\"red\"}");
    members.choice("colour", Colour.class);
    assertThat(members.mistake())
        .contains(Failed.invalid("colour", "Member must satisfy enum value set: [RED, BLUE]"));
  }

  @ParameterizedTest
  @CsvSource({
    "a, Member must have length greater than or equal to 2",
    "A/b, must satisfy regular expression",
    "a//b, must satisfy regular expression"
  })
  void repositoryNamesHaveTheirPattern(String name, String constraint) {
    Members members = members(new JsonObject().put("repositoryName", name).encode());
    assertThat(members.repositoryName()).isNull();
    assertThat(members.mistake().orElseThrow().message())
        .startsWith(
            "Invalid parameter at 'repositoryName' failed to satisfy constraint: '" + constraint);
  }

  @Test
  void lengthIsJudgedBeforeThePattern() {
    String endless = "a-".repeat(100_000);
    for (Shape shape :
        List.of(
            Shape.REPOSITORY_NAME, Shape.RULE_PREFIX, Shape.CREDENTIAL_ARN, Shape.LAYER_DIGEST)) {
      assertThat(shape.objection(endless).orElseThrow())
          .startsWith("Member must have length less than");
    }
  }

  @Test
  void aPageBeginsBehindItsToken() {
    List<String> all = List.of("a", "b", "c", "d", "e");
    Page<String> first = Page.of(all, Function.identity(), new PageRequest(Optional.empty(), 2));
    assertThat(first.items()).containsExactly("a", "b");
    String token = first.nextToken().orElseThrow();
    PageRequest next =
        members(new JsonObject().put("nextToken", token).put("maxResults", 3).encode()).page(3);
    Page<String> last = Page.of(all, Function.identity(), next);
    assertThat(last.items()).containsExactly("c", "d", "e");
    assertThat(last.nextToken()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../x", "x", "", "====", "YWJj", "\u00e9"})
  void aTokenOfOthersIsRefused(String token) {
    Members members = members(new JsonObject().put("nextToken", token).encode());
    members.page(1000);
    assertThat(members.mistake()).map(Failed::type).contains(ErrorType.INVALID_PARAMETER);
  }

  private static Members members(String json) {
    return Members.of(new JsonObject(json), LiveEcr.REGISTRY);
  }
}
