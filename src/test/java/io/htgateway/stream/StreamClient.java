package io.htgateway.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.htgateway.testing.Gateway;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A client of one stream, which reads as a browser does. It can be cut off and resume.
 */
final class StreamClient implements AutoCloseable {

	static final String PATH = "/api/stream/fills/liquidation";

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private Gateway gateway;

	private final String query;

	private final String[] headers;

	private final List<Event> events = new ArrayList<>();

	private final List<Long> trades = new ArrayList<>();

	private int fills;

	private boolean onlyTrades;

	private @Nullable String lastId;

	private @Nullable InputStream body;

	private @Nullable Thread thread;

	private volatile boolean ended;

	private StreamClient(Gateway gateway, String query, String... headers) {
		this.gateway = gateway;
		this.query = query;
		this.headers = headers.clone();
	}

	/**
	 * An event as it came.
	 */
	record Event(String name, @Nullable String id, String data) {
	}

	/**
	 * Opens a stream, and waits for its first id.
	 */
	static StreamClient open(Gateway gateway, String query, String... headers) {
		StreamClient client = new StreamClient(gateway, query, headers);
		client.resume();
		return client;
	}

	/**
	 * Creates a client that remembers only the trades of fills, for many clients of many
	 * fills. It opens its stream with {@link #resume()}.
	 */
	static StreamClient ofTrades(Gateway gateway, String query) {
		StreamClient client = new StreamClient(gateway, query);
		client.onlyTrades = true;
		return client;
	}

	/**
	 * Opens a stream that resumes after the given id.
	 */
	static StreamClient after(Gateway gateway, String id) {
		StreamClient client = new StreamClient(gateway, "");
		client.lastId = id;
		client.resume();
		return client;
	}

	/**
	 * Opens the stream again, after the last id, and waits for its first id.
	 */
	void resume() {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + PATH + query));
		if (headers.length > 0) {
			request.headers(headers);
		}
		String last = lastId();
		if (last != null) {
			request.header("Last-Event-ID", last);
		}
		try {
			HttpResponse<InputStream> response = CLIENT.send(request.build(),
					HttpResponse.BodyHandlers.ofInputStream());
			if (response.statusCode() != 200) {
				throw new IllegalStateException("status " + response.statusCode());
			}
			ended = false;
			BufferedReader reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
			readUntilId(reader);
			body = response.body();
			thread = Thread.ofVirtual().start(() -> read(reader));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// A gap is an event: its id counts when the event is complete.
	private void readUntilId(BufferedReader reader) throws IOException {
		StringBuilder block = new StringBuilder();
		String line = reader.readLine();
		while (line != null && !(line.isEmpty() && block.indexOf("id: ") >= 0)) {
			block.append(line.isEmpty() ? "" : line + '\n');
			line = reader.readLine();
		}
		Map<String, String> fields = new HashMap<>();
		block.toString().lines().filter((each) -> !each.startsWith(":")).forEach((each) -> {
			int colon = each.indexOf(": ");
			fields.put(each.substring(0, colon), each.substring(colon + 2));
		});
		dispatch(fields.getOrDefault("event", "message"), fields.get("id"), fields.get("data"));
	}

	private void read(BufferedReader reader) {
		String name = "message";
		String id = null;
		String data = null;
		try {
			String line = reader.readLine();
			while (line != null) {
				if (line.isEmpty()) {
					dispatch(name, id, data);
					name = "message";
					id = null;
					data = null;
				}
				else if (line.startsWith("event: ")) {
					name = line.substring(7);
				}
				else if (line.startsWith("id: ")) {
					id = line.substring(4);
				}
				else if (line.startsWith("data: ")) {
					data = line.substring(6);
				}
				line = reader.readLine();
			}
		}
		catch (IOException cutOff) {
			// The client or the gateway has closed the connection.
		}
		ended = true;
	}

	private synchronized void dispatch(String name, @Nullable String id, @Nullable String data) {
		lastId = (id != null) ? id : lastId;
		if (onlyTrades && id != null && name.equals("fill")) {
			fills++;
			trades.add(Long.valueOf(trade(id)));
		}
		else if (data != null) {
			fills += name.equals("fill") ? 1 : 0;
			events.add(new Event(name, id, data));
		}
	}

	/**
	 * Closes the connection, and resumes at the given gateway.
	 */
	void moveTo(Gateway next) {
		cutOff();
		gateway = next;
		resume();
	}

	/**
	 * Closes the connection, and waits until nothing more is read.
	 */
	void cutOff() {
		InputStream open = body;
		Thread reading = thread;
		if (open != null && reading != null) {
			try {
				open.close();
				reading.join();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	synchronized @Nullable String lastId() {
		return lastId;
	}

	synchronized List<Event> events() {
		return List.copyOf(events);
	}

	List<Event> events(String name) {
		return events().stream().filter((event) -> event.name().equals(name)).toList();
	}

	/**
	 * The fills that came, in their order.
	 */
	List<String> fills() {
		return events("fill").stream().map(Event::data).toList();
	}

	/**
	 * The trades of the fills that came, in their order.
	 */
	List<String> trades() {
		return events("fill").stream().map((event) -> String.valueOf(event.id())).map(StreamClient::trade).toList();
	}

	// An id is a time, a trade and its side.
	private static String trade(String id) {
		return id.substring(id.indexOf('-') + 1).replaceFirst("[A-Z]$", "");
	}

	/**
	 * Waits for as many fills.
	 */
	List<String> awaitTrades(int count) {
		Awaitility.await().until(() -> countFills() >= count);
		return trades();
	}

	/**
	 * The trades that a client of trades has received, in their order.
	 */
	synchronized List<Long> receivedTrades() {
		return List.copyOf(trades);
	}

	synchronized int countFills() {
		return fills;
	}

	/**
	 * Waits for as many fills.
	 */
	List<String> awaitFills(int count) {
		Awaitility.await().until(() -> countFills() >= count);
		return fills();
	}

	/**
	 * Waits for an event of the given name.
	 */
	Event await(String name) {
		Awaitility.await().until(() -> !events(name).isEmpty());
		return events(name).getLast();
	}

	/**
	 * Whether the gateway has ended the stream.
	 */
	boolean isEnded() {
		return ended;
	}

	@Override
	public void close() {
		cutOff();
	}

}
