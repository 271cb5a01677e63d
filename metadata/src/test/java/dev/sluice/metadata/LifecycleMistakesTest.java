package dev.sluice.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.LifecyclePolicy.Parsed;
import dev.sluice.metadata.LifecyclePolicy.Parsed.Mistake;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no lifecycle policy, and the sentence that says why. */
class LifecycleMistakesTest {

  private static final String ANY =
      "{'rulePriority':%s,'selection':{'tagStatus':'any','countType':'imageCountMoreThan',"
          + "'countNumber':1},'action':{'type':'expire'}}";

  private static String selecting(String selection) {
    return "{'rulePriority':1,'selection':{" + selection + "},'action':{'type':'expire'}}";
  }

  private static Parsed parse(String... rules) {
    return LifecyclePolicy.parse(
        "{'rules':[%s]}".formatted(String.join(",", rules)).replace('\'', '"'));
  }

  private static void assertMistake(Parsed parsed, String part) {
    assertThat(parsed)
        .isInstanceOfSatisfying(
            Mistake.class, mistake -> assertThat(mistake.message()).contains(part));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "5", "{", "{} {}", "{'rules':[]}", "rules"})
  void whatIsNotAnObject(String text) {
    assertMistake(LifecyclePolicy.parse(text), "it is not a JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"rules\":[]}", "{\"rules\":{}}", "{\"rules\":null}", "{\"rules\":\"\"}"})
  void rulesMustBeThere(String text) {
    assertMistake(LifecyclePolicy.parse(text), "rules must be a list of 1 to 50 rules");
  }

  @Test
  void fiftyRulesAreEnough() {
    assertMistake(
        parse(Collections.nCopies(51, ANY.formatted("1")).toArray(String[]::new)), "1 to 50");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "1.0", "'1'", "null", "2147483648", "true"})
  void prioritiesAreWholeNumbersFromOne(String priority) {
    assertMistake(parse(ANY.formatted(priority)), "rules[0].rulePriority must be a whole number");
  }

  @Test
  void prioritiesAreEachAnother() {
    assertMistake(
        parse(
            selecting("'tagStatus':'untagged','countType':'imageCountMoreThan','countNumber':1"),
            ANY.formatted("1")),
        "rules[1].rulePriority must be unlike");
  }

  @Test
  void anyComesLast() {
    String untagged =
        selecting("'tagStatus':'untagged','countType':'imageCountMoreThan','countNumber':1")
            .replace("'rulePriority':1", "'rulePriority':7");
    assertMistake(
        parse(ANY.formatted("6"), untagged), "tagStatus any must have the highest rulePriority");
    assertThat(parse(ANY.formatted("8"), untagged)).isInstanceOf(Parsed.Policy.class);
  }

  @Test
  void noTwoRulesSelectTheSame() {
    for (String status :
        List.of(
            "'tagStatus':'untagged'",
            "'tagStatus':'any'",
            "'tagStatus':'tagged','tagPrefixList':['a','b']")) {
      String one = selecting(status + ",'countType':'imageCountMoreThan','countNumber':1");
      String other =
          one.replace("'rulePriority':1", "'rulePriority':2").replace("'a','b'", "'b','a'");
      assertMistake(parse(one, other), "must not select the same images as another rule");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'tagStatus':'tagged'|must have either tagPrefixList or tagPatternList",
        "'tagStatus':'tagged','tagPrefixList':['a'],'tagPatternList':['a']|must have either",
        "'tagStatus':'tagged','tagPrefixList':[]|tagPrefixList must be a list",
        "'tagStatus':'tagged','tagPrefixList':['']|tagPrefixList must be a list",
        "'tagStatus':'tagged','tagPrefixList':['a*']|tagPrefixList must be a list",
        "'tagStatus':'tagged','tagPrefixList':['a','a']|tagPrefixList must be a list",
        "'tagStatus':'tagged','tagPrefixList':[5]|tagPrefixList must be a list",
        "'tagStatus':'tagged','tagPatternList':['a b']|tagPatternList must be a list",
        "'tagStatus':'tagged','tagPatternList':['*a*b*c*d*']|in which up to four *",
        "'tagStatus':'untagged','tagPrefixList':['a']|only where it is tagged",
        "'tagStatus':'any','tagPatternList':['a']|only where it is tagged",
        "'tagStatus':'TAGGED'|tagStatus must be tagged or untagged or any",
        "'tagStatus':'any','storageClass':'archive'|not storageClass",
      })
  void selectionsAreRead(String selection, String sentence) {
    assertMistake(
        parse(selecting(selection + ",'countType':'imageCountMoreThan','countNumber':1")),
        sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'countType':'imageCountMoreThan'|countNumber must be a whole number from 1",
        "'countType':'imageCountMoreThan','countNumber':0|countNumber must be",
        "'countType':'imageCountMoreThan','countNumber':1,'countUnit':'days'|must be left out",
        "'countType':'sinceImagePushed','countNumber':1|countUnit must be days",
        "'countType':'sinceImagePulled','countNumber':1,'countUnit':'hours'|countUnit must be days",
        "'countType':'sinceImageTransitioned','countNumber':1,'countUnit':'days'|countType must be",
        "'countNumber':1|countType must be imageCountMoreThan or sinceImagePushed or",
      })
  void limitsAreRead(String limit, String sentence) {
    assertMistake(parse(selecting("'tagStatus':'any'," + limit)), sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'action':{'type':'expire'}|'action':{'type':'transition'}|action.type must be expire",
        "'action':{'type':'expire'}|'action':{'type':'expire','days':1}|not days",
        ",'action':{'type':'expire'}|~~|rules[0].action must be an object",
        "'rulePriority':1|'rulePriority':1,'description':5|rules[0].description must be a text",
        "'rulePriority':1|'rulePriority':1,'name':'x'|rules[0] may only have rulePriority",
        "'selection'|'selected'|may only have",
      })
  void rulesAreRead(String right, String wrong, String sentence) {
    assertMistake(parse(ANY.formatted("1").replace(right, wrong == null ? "" : wrong)), sentence);
  }

  @Test
  void otherThingsBesideTheRulesAreNot() {
    assertMistake(
        LifecyclePolicy.parse("{\"rules\":[],\"version\":1}"), "the policy may only have rules");
    assertMistake(parse("5"), "rules[0] must be an object");
  }

  @Test
  void nestingIsNoAttack() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(LifecyclePolicy.parse("{\"rules\":" + deep + "}")).isInstanceOf(Mistake.class);
  }
}
