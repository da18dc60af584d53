package io.htgateway.client;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;

import io.htgateway.client.api.LiquidationDataApi;
import io.htgateway.client.model.AssetRisk;
import io.htgateway.client.model.HeatmapBin;
import io.htgateway.client.model.LiquidationFill;
import io.htgateway.client.model.LiquidationFills;
import io.htgateway.client.model.LiquidationHeatmap;
import io.htgateway.client.model.LiquidationRisk;
import io.htgateway.client.model.Problem;
import io.htgateway.client.model.SegmentId;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The generated client with a gateway before a simulated HyperTracker. <code>CLIENT_URL</code>
 * and <code>TEAM_TOKEN</code> in the environment name the gateway and the token of a team.
 */
class GeneratedClientTests {

	private final LiquidationDataApi api = api(setting("TEAM_TOKEN"));

	@Test
	void fillsHaveTheirFieldsAndTheNextPage() throws ApiException {
		OffsetDateTime start = OffsetDateTime.parse("2026-05-01T00:00:00Z");
		LiquidationFills first = api.liquidationFills(3, null, null, start, start.plusDays(60), null, null);

		assertThat(first.getFills()).hasSize(3);
		LiquidationFill fill = first.getFills().get(0);
		assertThat(fill).hasNoNullFieldsOrPropertiesExcept("additionalProperties");
		assertThat(fill.getTime()).isAfterOrEqualTo(start);
		assertThat(fill.getSide()).isIn(LiquidationFill.SideEnum.A, LiquidationFill.SideEnum.B);
		assertThat(fill.getSz()).isPositive();

		LiquidationFills second = api.liquidationFills(3, null, null, start, start.plusDays(60), null,
				first.getNextCursor());
		assertThat(second.getFills()).hasSize(3).doesNotContainAnyElementsOf(first.getFills());
	}

	@Test
	void fillsOfMisspeltCoinAreEmptyAndSayWhatToSend() throws ApiException {
		ApiResponse<LiquidationFills> response = api.liquidationFillsWithHttpInfo(3, "kpepe", null, null, null, null,
				null);

		assertThat(response.getData().getFills()).isEmpty();
		assertThat(response.getHeaders()).containsEntry("coin-spelling", List.of("\"KPEPE\", \"kPEPE\""));
	}

	@Test
	void everyCohortHasItsRisk() throws ApiException {
		for (SegmentId cohort : SegmentId.values()) {
			ApiResponse<LiquidationRisk> response = api.liquidationRiskWithHttpInfo(cohort, 1, 400);

			LiquidationRisk risk = response.getData();
			assertThat(risk.getItems()).hasSize(risk.getTotalCount() - 1).allSatisfy(GeneratedClientTests::isShare);
			assertThat(Integer.parseInt(response.getHeaders().get("age").get(0))).isNotNegative();
		}
		assertThat(SegmentId.valueOf("WHALE").getValue()).isEqualTo(5);
	}

	@Test
	void heatmapHasItsBins() throws ApiException {
		LiquidationHeatmap heatmap = api.liquidationHeatmap("btc");

		assertThat(heatmap.getCoin()).isEqualTo("BTC");
		List<HeatmapBin> bins = heatmap.getHeatmap();
		assertThat(bins).hasSizeGreaterThan(100);
		assertThat(bins.get(7).getPriceBinEnd()).isEqualTo(bins.get(8).getPriceBinStart());
		assertThat(bins.get(7).getPositionsCount()).isPositive();
		assertThat(SegmentId.fromValue(bins.get(7).getMostImpactedSegment())).isNotNull();
	}

	@Test
	void wrongParameterIsProblemThatNamesIt() throws Exception {
		ApiException refused = Assertions.catchThrowableOfType(ApiException.class,
				() -> api.liquidationFills(1001, null, null, null, null, null, null));

		Problem problem = problem(refused);
		assertThat(refused.getCode()).isEqualTo(400);
		assertThat(problem.getType()).hasToString("urn:hypertracker-gateway:invalid-parameters");
		assertThat(Objects.requireNonNull(problem.getErrors())).singleElement()
			.satisfies((error) -> assertThat(error.getMessage()).isEqualTo("must be an integer from 1 to 1000"));
	}

	@Test
	void unknownTokenIsProblem() throws Exception {
		ApiException refused = Assertions.catchThrowableOfType(ApiException.class,
				() -> api("no-such-token").liquidationHeatmap("BTC"));

		assertThat(refused.getCode()).isEqualTo(401);
		assertThat(problem(refused).getType()).hasToString("urn:hypertracker-gateway:unauthenticated");
	}

	private static void isShare(AssetRisk asset) {
		assertThat(asset.getPercentRisk()).isBetween(BigDecimal.ZERO, BigDecimal.valueOf(100));
		assertThat(asset.getRiskValue()).isLessThanOrEqualTo(asset.getTotalValue());
	}

	private static Problem problem(ApiException refused) throws Exception {
		return JSON.getDefault().getMapper().readValue(refused.getResponseBody(), Problem.class);
	}

	private static LiquidationDataApi api(String token) {
		ApiClient client = new ApiClient();
		client.updateBaseUri(setting("CLIENT_URL"));
		client.setRequestInterceptor((request) -> request.header("Authorization", "Bearer " + token));
		return new LiquidationDataApi(client);
	}

	private static String setting(String name) {
		return Objects.requireNonNull(System.getenv(name), name + " is not set: run .ci/client");
	}

}
