package io.htgateway.access.config;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import io.htgateway.testing.PropertiesBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link TeamsProperties}.
 */
class TeamsPropertiesTests {

	private static final String HASH = "0123456789abcdef".repeat(4);

	private static final String[] RESEARCH = { "gateway.access.teams[0].name=research",
			"gateway.access.teams[0].token-sha256=" + HASH };

	private final PropertiesBinding<TeamsProperties> binding = new PropertiesBinding<>(TeamsProperties.class,
			Enabled.class);

	@Test
	void bindWhenNothingIsSetHasNoTeams() {
		assertThat(binding.bind()).isEqualTo(new TeamsProperties(List.of(), null, null, false, false));
	}

	@Test
	void bindWhenTeamIsSetHasNoLimitAndNoShareByDefault() {
		assertThat(binding.bind(RESEARCH).teams()).containsExactly(
				new TeamsProperties.Entry("research", List.of(HASH), List.of(), 0, 0, null, null, null, List.of()));
	}

	@Test
	void bindTakesTwoTokensWhileTheyAreChanged() {
		assertThat(binding
			.bind("gateway.access.teams[0].name=research", "gateway.access.teams[0].tokens[0].sha256=" + HASH,
					"gateway.access.teams[0].tokens[0].not-after=2027-01-31T01:00:00+01:00",
					"gateway.access.teams[0].tokens[1].sha256=" + HASH.replace('0', '1'))
			.teams()
			.getFirst()
			.allTokens()).extracting(TeamsProperties.Token::expiry)
			.containsExactly(Instant.parse("2027-01-31T00:00:00Z"), null);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"tokens[0].sha256=OTHER | gateway.access.teams[0].token-sha256 is set beside tokens: move it to tokens",
			"token-sha256=HASH,OTHER | gateway.access.teams[0].token-sha256 has several values: list the tokens in tokens" })
	void bindWhenTokensAreInBothFormsSaysHowToWriteThem(String property, String message) {
		assertThat(failure("gateway.access.teams[0]." + hashes(property))).contains(message)
			.doesNotContain(HASH.substring(4));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"tokens[0].sha256=HASH; tokens[1].sha256=HASH | team research has the same token twice; list it once",
			"tokens[0].sha256=htgw_canary | gateway.access.teams[0].tokens[0].sha256 must be 64 hexadecimal digits: the SHA-256",
			"tokens[0].not-after=2027-01-31T00:00:00Z | gateway.access.teams[0].tokens[0].sha256 must be 64",
			"tokens[0].sha256=HASH; tokens[0].not-after=2027-01-31 | gateway.access.teams[0].tokens[0].not-after must be a time in ISO 8601 with its offset, such as 2027-01-31T00:00:00Z",
			"tokens[0].sha256=HASH; tokens[0].not-after=canary | tokens[0].not-after must be a time",
			"tokens[0].sha256=HASH; tokens[0].not-after= | tokens[0].not-after must be a time",
			"tokens[0].sha256=HASH; tokens[1].sha256=OTHER; tokens[2].sha256=THIRD | gateway.access.teams[0].tokens has 3 tokens: list one, or two while the token is rotated" })
	void bindWhenATokenIsInvalidGivesTheRuleWithoutTheValue(String properties, String message) {
		String[] pairs = Stream.concat(Stream.of("name=research"), Arrays.stream(properties.split("; ")))
			.map((pair) -> "gateway.access.teams[0]." + hashes(pair))
			.toArray(String[]::new);

		assertThat(binding.failure(pairs)).contains(message).doesNotContain("canary", HASH.substring(4));
	}

	private static String hashes(String text) {
		return text.replace("HASH", HASH)
			.replace("OTHER", HASH.replace('0', '1'))
			.replace("THIRD", HASH.replace('0', '2'));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"coins= | gateway.access.teams[0].coins must name the coins that the team may read, such as BTC; without it",
			"coins=BTC,SOL,BTC | gateway.access.teams[0].coins has BTC twice; list it once",
			"coins=btc | gateway.access.teams[0].coins has btc, which is not a market, because upper and lower case differ; did you mean BTC?",
			"coins=XYZ:mstr | did you mean xyz:MSTR?",
			"coins=BTC/ETH | has a value that is not shown, since it may be a secret, which is not a coin: write its symbol",
			"coins=htgw_canary5d1f | has a value that is not shown",
			"segments= | gateway.access.teams[0].segments must name the cohorts that the team may read, such as 5 or 1-7; without it",
			"segments=5,5 | gateway.access.teams[0].segments has 5 twice; list it once",
			"segments=1-7,5 | gateway.access.teams[0].segments has the cohort 5 twice; list it once",
			"segments=7-1 | has 7-1, which is not an id or a range of ids, such as 5 or 1-7",
			"segments=0 | has 0, which is not an id", "segments=05 | has 05, which is not an id",
			"segments=htgw_canary5d1f | has a value that is not shown",
			"endpoints=risk,bias-history,bias-history | gateway.access.teams[0].endpoints has bias-history twice; list it once" })
	void bindWhenAListIsInvalidSaysWhatIsRight(String list, String message) {
		assertThat(failure("gateway.access.teams[0]." + list)).contains(message).doesNotContain("canary");
	}

	@Test
	void bindTakesCoinsAndCohorts() {
		TeamsProperties.Entry team = binding
			.bind(RESEARCH[0], RESEARCH[1], "gateway.access.teams[0].coins=BTC,kPEPE,xyz:MSTR",
					"gateway.access.teams[0].segments=1-3,16")
			.teams()
			.getFirst();

		assertThat(team.coins()).containsExactly("BTC", "kPEPE", "xyz:MSTR");
		assertThat(SegmentRange.ids(Objects.requireNonNull(team.segments()))).containsExactly("1", "2", "3", "16");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Research", "re search", "research=1", "research:a", "-research", "research-", "größe",
			"anonymous", "a234567890123456789012345678901234567890x" })
	void bindWhenNameIsInvalidGivesTheRule(String name) {
		assertThat(failure("gateway.access.teams[0].name=" + name))
			.contains("gateway.access.teams[0].name must be 1 to 40")
			.doesNotContain("größe");
	}

	@ParameterizedTest
	@CsvSource({ "requests-per-minute, -1", "requests-per-minute, 1000000001", "upstream-share, -0.1",
			"upstream-share, 1.1" })
	void bindWhenNumberIsOutOfRangeNamesTeamAndProperty(String property, String value) {
		assertThat(failure("gateway.access.teams[0]." + property + "=" + value))
			.contains("team research of gateway.access.teams", property);
	}

	@ParameterizedTest
	@ValueSource(strings = { "requests-per-minute=many", "upstream-share=10%" })
	void bindWhenNumberIsMalformedNamesIt(String property) {
		assertThat(failure("gateway.access.teams[0]." + property)).contains("gateway.access.teams[0].");
	}

	@Test
	void bindWhenHashIsATokenGivesTheRuleWithoutTheValue() {
		assertThat(failure("gateway.access.teams[0].token-sha256=htgw_the-token-itself"))
			.contains("gateway.access.teams[0].token-sha256 must be 64 hexadecimal digits")
			.doesNotContain("the-token-itself");
	}

	@Test
	void bindWhenTokenIsMissingSaysSoWithoutOtherValues() {
		assertThat(binding.failure("gateway.access.teams[0].name=research"))
			.contains("team research of gateway.access.teams needs a token-sha256, or tokens");
		assertThat(binding.failure("gateway.access.teams[0].name=research",
				"gateway.access.teams[0].token=the-token-itself"))
			.contains("gateway.access.teams[0].token")
			.doesNotContain("the-token-itself");
	}

	@Test
	void bindWhenTwoTeamsHaveOneNameSaysSo() {
		assertThat(failure("gateway.access.teams[1].name=research",
				"gateway.access.teams[1].token-sha256=" + HASH.replace('0', '1')))
			.contains(
					"gateway.access.teams[1].name must differ from that of gateway.access.teams[0]: both are research");
	}

	@Test
	void bindWhenTwoTeamsHaveOneTokenSaysSoInAnyCase() {
		assertThat(failure("gateway.access.teams[1].name=trading",
				"gateway.access.teams[1].token-sha256=" + HASH.toUpperCase(Locale.ROOT)))
			.contains("teams research and trading have the same token-sha256");
	}

	@Test
	void bindWhenSharesAddUpToMoreThanOneSaysSo() {
		assertThat(failure("gateway.access.teams[0].upstream-share=0.7", "gateway.access.teams[1].name=trading",
				"gateway.access.teams[1].token-sha256=" + HASH.replace('0', '1'),
				"gateway.access.teams[1].upstream-share=0.4"))
			.contains("the upstream-share values of gateway.access.teams add up to 1.1");
	}

	@Test
	void bindAcceptsSharesThatAddUpToOne() {
		String[] tenths = Stream.iterate(0, (number) -> number + 1)
			.limit(10)
			.flatMap((number) -> Stream.of("gateway.access.teams[" + number + "].name=t" + number,
					"gateway.access.teams[" + number + "].token-sha256=" + HASH.substring(1) + number,
					"gateway.access.teams[" + number + "].upstream-share=0.1"))
			.toArray(String[]::new);

		assertThat(binding.bind(tenths).teams()).hasSize(10);
	}

	@Test
	void bindWhenJwtIsSetTakesTeamsWithoutToken() {
		TeamsProperties properties = binding.bind("gateway.access.teams[0].name=research",
				"gateway.access.teams[0].subjects=system:serviceaccount:research:notebook",
				"gateway.access.jwt.issuer-uri=https://issuer.example", "gateway.access.jwt.audience=gateway");

		assertThat(properties.teams().getFirst().subjects()).containsExactly("system:serviceaccount:research:notebook");
		assertThat(properties.jwt()).extracting(TeamsProperties.Jwt::claim).isEqualTo("sub");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "audience=gateway | needs issuer-uri or jwk-set-uri",
					"issuer-uri=https://issuer.example | audience is missing",
					"issuer-uri=issuer | must be an http or https URL",
					"jwk-set-uri=file:///keys | must be an http or https URL" })
	void bindWhenJwtIsIncompleteSaysWhatIsMissing(String property, String message) {
		String audience = message.startsWith("audience") ? "" : "gateway.access.jwt.audience=gateway";
		String[] pairs = Stream.of("gateway.access.jwt." + property, audience)
			.filter((pair) -> !pair.isEmpty())
			.toArray(String[]::new);

		assertThat(binding.failure(pairs)).contains(message);
	}

	@Test
	void bindWhenSubjectsAreSetWithoutJwtSaysSo() {
		assertThat(failure("gateway.access.teams[0].subjects=research"))
			.contains("which need gateway.access.jwt: set it, or remove the subjects");
	}

	private String failure(String... more) {
		List<String> pairs = new ArrayList<>(Arrays.asList(RESEARCH));
		pairs.addAll(Arrays.asList(more));
		return binding.failure(pairs.toArray(String[]::new));
	}

	@EnableConfigurationProperties(TeamsProperties.class)
	static class Enabled {

	}

}
