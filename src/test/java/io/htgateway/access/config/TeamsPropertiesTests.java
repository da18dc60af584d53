package io.htgateway.access.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
		assertThat(binding.bind(RESEARCH).teams())
			.containsExactly(new TeamsProperties.Entry("research", List.of(HASH), List.of(), 0, 0, null, null, null, List.of()));
	}

	@Test
	void bindTakesSeveralTokensWhileTheyAreChanged() {
		assertThat(binding
			.bind("gateway.access.teams[0].name=research",
					"gateway.access.teams[0].token-sha256=" + HASH + "," + HASH.replace('0', '1'))
			.teams()
			.getFirst()
			.tokenSha256()).hasSize(2);
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
			.contains("team research of gateway.access.teams needs a token-sha256");
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
