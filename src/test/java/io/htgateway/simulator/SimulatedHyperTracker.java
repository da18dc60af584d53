package io.htgateway.simulator;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

/**
 * The simulated upstream: HyperTracker's API and, on a port of its own, the object store
 * that it redirects to.
 */
public final class SimulatedHyperTracker implements AutoCloseable {

	private final Map<Endpoint, EndpointControl> controls = Arrays.stream(Endpoint.values())
		.collect(Collectors.toUnmodifiableMap(Function.identity(), (endpoint) -> new EndpointControl()));

	private final RiskBook risks = new RiskBook();

	private final HeatmapBook heatmaps = new HeatmapBook();

	private final Options options;

	private final StateClock states;

	private final FillsBook fills;

	private final PresignedLinks links;

	private final ObjectStore objects;

	private final WireMockServer store;

	private final WireMockServer api;

	private SimulatedHyperTracker(Options options) {
		this.options = options;
		this.states = new StateClock(options.clock(), options.statePeriod());
		this.fills = new FillsBook(this.states);
		this.links = new PresignedLinks(options.clock(), options.linkExpiry());
		this.objects = new ObjectStore(this.heatmaps, this.states, this.links, options.gzipExports());
		this.store = LoopbackServer.start(options.storePort(), List.of(endpoint(Endpoint.DOWNLOAD, this.objects)));
		List<EndpointTransformer> endpoints = new ArrayList<>(
				List.of(apiEndpoint(Endpoint.FILLS, new FillsAnswers(this.fills, this.states)),
						apiEndpoint(Endpoint.RISK, new RiskAnswers(this.risks, this.states)),
						apiEndpoint(Endpoint.HEATMAP, new HeatmapAnswers(this.heatmaps, this.links, storeBaseUrl()))));
		OtherAnswers.all(() -> signedLink("BTC"))
			.forEach((endpoint, answers) -> endpoints.add(apiEndpoint(endpoint, answers)));
		endpoints.add(apiEndpoint(Endpoint.STATE_STATUS, (request) -> OtherAnswers.status(this.states)));
		this.api = LoopbackServer.start(options.apiPort(), endpoints);
	}

	public static SimulatedHyperTracker start(Options options) {
		return new SimulatedHyperTracker(options);
	}

	/**
	 * The API's origin, to which paths from {@code /api/external} are added.
	 */
	public URI apiBaseUrl() {
		return LoopbackServer.origin(this.api);
	}

	public URI storeBaseUrl() {
		return LoopbackServer.origin(this.store);
	}

	public String key() {
		return this.options.key();
	}

	/**
	 * How many requests reached the endpoint, refused ones too.
	 */
	public int calls(Endpoint endpoint) {
		return control(endpoint).calls();
	}

	/**
	 * The latest requests that reached the endpoint, oldest first.
	 */
	public List<LoggedRequest> requests(Endpoint endpoint) {
		return control(endpoint).requests();
	}

	/**
	 * Replaces the answer of all following calls, the key no longer asked for.
	 */
	public void answer(Endpoint endpoint, ResponseDefinitionBuilder answer) {
		control(endpoint).answer(answer);
	}

	/**
	 * Replaces the answer of the next calls, after those replaced this way before.
	 */
	public void answerNext(Endpoint endpoint, int times, ResponseDefinitionBuilder answer) {
		control(endpoint).answerNext(times, answer);
	}

	/**
	 * Delays all following answers that have no delay of their own.
	 */
	public void delay(Endpoint endpoint, Duration delay) {
		control(endpoint).delay(delay);
	}

	/**
	 * Holds all following answers back until they are released.
	 */
	public void hold(Endpoint endpoint) {
		control(endpoint).hold();
	}

	/**
	 * Sends the answers that were held back, and all following ones at once.
	 */
	public void release(Endpoint endpoint) {
		control(endpoint).release();
	}

	/**
	 * Forgets all calls, replaced answers and delays, and releases held answers.
	 */
	public void reset() {
		this.controls.values().forEach(EndpointControl::reset);
	}

	/**
	 * Adds liquidations at equal distances, each of which is published at its time.
	 * @param first time of the first one
	 * @param last time after the last one
	 */
	public void liquidate(int count, Instant first, Instant last) {
		this.fills.liquidate(count, first, last, Duration.ZERO);
	}

	/**
	 * Adds a liquidation that is published later than it happens.
	 */
	public void liquidateLate(Instant time, Duration delay) {
		this.fills.liquidate(1, time, time, delay);
	}

	/**
	 * Adds a trade of which both sides are liquidated.
	 */
	public void liquidateBothSides(Instant time) {
		this.fills.liquidateBothSides(time);
	}

	/**
	 * The JSON of all fills as of now, oldest first.
	 */
	public List<String> fills() {
		return this.fills.oldestFirst().stream().map(Fill::json).toList();
	}

	/**
	 * The exact body of a page of risk as of now.
	 */
	public byte[] riskBody(int segment, int offset, int limit) {
		return this.risks.page(this.states.state(), segment, offset, limit);
	}

	/**
	 * The exact JSON of a heatmap as of now, before any compression.
	 */
	public byte[] heatmapBody(String coin) {
		return this.heatmaps.export(this.states.state(), coin);
	}

	/**
	 * The exact bytes that the store serves for a heatmap as of now.
	 */
	public byte[] heatmapObject(String coin) {
		return this.objects.read(coin).bytes();
	}

	/**
	 * A fresh link to a coin's heatmap, or to a missing object for an unknown coin.
	 */
	public URI signedLink(String coin) {
		return storeBaseUrl().resolve(this.links.sign(ObjectStore.pathOf(coin)));
	}

	@Override
	public void close() {
		this.api.stop();
		this.store.stop();
	}

	private EndpointTransformer apiEndpoint(Endpoint endpoint, Answers answers) {
		return endpoint(endpoint, answers.withKey(key()));
	}

	private EndpointTransformer endpoint(Endpoint endpoint, Answers answers) {
		return new EndpointTransformer(endpoint, control(endpoint), answers, this.options);
	}

	private EndpointControl control(Endpoint endpoint) {
		EndpointControl control = this.controls.get(endpoint);
		if (control == null) {
			throw new IllegalArgumentException("Unknown endpoint " + endpoint);
		}
		return control;
	}

}
