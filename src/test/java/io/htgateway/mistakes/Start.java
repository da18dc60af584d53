package io.htgateway.mistakes;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.htgateway.GatewayApplication;
import io.htgateway.mistakes.Mistake.Step;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.Leash;
import io.htgateway.testing.LoopbackPorts;
import io.htgateway.testing.OpenUnlessTeams;
import io.htgateway.testing.ScriptedServer;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.awaitility.Awaitility.await;

/**
 * Starts the gateway with a mistake, and collects what it says: in this JVM, or in one of
 * its own where its options, its directory or its command line are a part of the mistake.
 */
final class Start implements AutoCloseable {

	private static final String KEY = "HYPERTRACKER_API_KEY";

	private static final String FILE_OF_KEY = "API_KEY_FILE";

	private static final Pattern ACCESS = Pattern.compile("(?i)gateway[._](access[._])?(open|teams?|jwt)");

	private final Mistake mistake;

	private final Path directory;

	private final ServerSocket taken;

	private final ScriptedServer upstream;

	private final Placeholders placeholders;

	private @Nullable FileChannel other;

	Start(Mistake mistake, Path directory) throws IOException {
		this.mistake = mistake;
		this.directory = directory;
		String description = Files.readString(mistake.file());
		this.taken = another(description, Start::bound, ServerSocket::getLocalPort);
		this.upstream = another(description, this::scripted, Start::port);
		int closed = another(description, LoopbackPorts::freePair, (port) -> port);
		this.placeholders = new Placeholders(directory, taken.getLocalPort(), closed, port(upstream));
	}

	// Numbers of a description would be taken for the port, where they are the same.
	private static <T> T another(String description, Opening<T> opening, Function<T, Integer> port) throws IOException {
		List<T> refused = new ArrayList<>();
		T opened = opening.open();
		while (description.contains(Integer.toString(port.apply(opened)))) {
			refused.add(opened);
			opened = opening.open();
		}
		for (T each : refused) {
			if (each instanceof Closeable resource) {
				resource.close();
			}
			else if (each instanceof ScriptedServer server) {
				server.close();
			}
		}
		return opened;
	}

	private static ServerSocket bound() throws IOException {
		return new ServerSocket(0, 1, InetAddress.ofLiteral("0.0.0.0"));
	}

	private ScriptedServer scripted() throws IOException {
		return isAtOnce(mistake) ? ScriptedServer.answeringAtOnce(atOnce())
				: ScriptedServer.talking((target, out) -> out.write(answer(target)));
	}

	private static int port(ScriptedServer server) {
		return Integer.parseInt(server.origin().replaceFirst(".*:", ""));
	}

	private String atOnce() {
		List<String> content = mistake.all("upstream at once").getFirst().content();
		return content.isEmpty() ? "HTTP/1.1 400 Bad Request\nContent-Length: 0"
				: String.join("\n", content).translateEscapes();
	}

	// As a web server answers what is not HTTP, such as TLS.
	private static boolean isAtOnce(Mistake mistake) {
		return mistake.all("upstream at once").size() > 0;
	}

	/**
	 * Returns the text, without what is of this machine and this minute.
	 * @param printed what this JVM has printed so far
	 */
	String text(Supplier<String> printed) throws IOException, InterruptedException {
		for (Step step : mistake.all("directory")) {
			Files.createDirectories(directory.resolve(step.rest()));
		}
		for (Step step : mistake.all("file")) {
			Path file = directory.resolve(step.rest());
			Files.createDirectories(file.getParent());
			Files.writeString(file, String.join("\n", step.content()).translateEscapes());
		}
		for (Step step : mistake.all("lock")) {
			other = FileChannel.open(directory.resolve(step.rest()), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			FileLock _ = other.lock();
		}
		return placeholders.general(mistake.all("java").isEmpty() ? inThisJvm(printed) : inOneOfItsOwn());
	}

	private String inThisJvm(Supplier<String> printed) {
		SpringApplication application = new SpringApplication(GatewayApplication.class);
		application.setEnvironment(new OperatorsEnvironment(variables()));
		application.setRegisterShutdownHook(false);
		StringBuilder answers = new StringBuilder();
		String[] arguments = Stream.concat(Stream.of(OpenUnlessTeams.OFF), arguments().stream()).toArray(String[]::new);
		try (ConfigurableApplicationContext context = application.run(arguments)) {
			answers.append("(It starts.)\n");
			Gateway gateway = Gateway.of(context.getEnvironment());
			mistake.all("GET").forEach((step) -> answers.append(get(gateway, step.rest())));
			mistake.all("logged").forEach((step) -> await().until(() -> printed.get().contains(step.rest())));
		}
		catch (ConditionTimeoutException missing) {
			throw missing;
		}
		catch (RuntimeException refused) {
			answers.append("(It does not start.)\n");
		}
		return printed.get() + answers;
	}

	private static String get(Gateway gateway, String target) {
		Gateway.Response response = target.startsWith("/actuator")
				? gateway.actuator(target.substring("/actuator".length())) : gateway.get(target);
		return "GET %s\n%s %s\n".formatted(target, response.status(), response.text());
	}

	private String inOneOfItsOwn() throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
				"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp", classPath()));
		mistake.all("java").stream().map(Step::rest).filter((options) -> !options.equals("java")).forEach(command::add);
		command.add(GatewayApplication.class.getName());
		command.addAll(arguments());
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
		builder.environment().clear();
		builder.environment().putAll(variables());
		Process process = builder.start();
		try (Leash _ = Leash.on(process)) {
			return CompletableFuture.supplyAsync(() -> printed(process)).orTimeout(60, TimeUnit.SECONDS).join();
		}
	}

	private static String printed(Process process) {
		StringBuilder printed = new StringBuilder();
		try (BufferedReader lines = process.inputReader()) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				printed.append(line).append('\n');
				if (line.contains("Gateway is ready")) {
					return printed + "(It starts.)";
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return printed + "(It does not start: exit " + process.onExit().join().exitValue() + ".)";
	}

	// All but the tests, whose configurations lie in the gateway's packages.
	private static String classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("test-classes"))
			.map((entry) -> Path.of(entry).toAbsolutePath().toString())
			.collect(Collectors.joining(File.pathSeparator));
	}

	private Map<String, String> variables() {
		Map<String, String> variables = new LinkedHashMap<>(Map.of("SERVER_PORT", "0", "MANAGEMENT_SERVER_PORT", "0"));
		if (mistake.steps().stream().noneMatch(Start::isOfAccess)) {
			variables.put("GATEWAY_ACCESS_OPEN", "true");
		}
		if (mistake.steps().stream().noneMatch((step) -> step.text().contains(FILE_OF_KEY))) {
			variables.put(KEY, "canary-key-5d1f");
		}
		mistake.steps().stream().filter(Step::isVariable).forEach((step) -> {
			String[] variable = placeholders.special(step.text()).split("=", 2);
			variables.put(variable[0], variable[1].translateEscapes());
		});
		mistake.all("unset").forEach((step) -> variables.remove(step.rest()));
		return variables;
	}

	// A mistake that says who may call, or who may not, is about that alone.
	private static boolean isOfAccess(Step step) {
		return ACCESS.matcher(step.text()).find() || step.content().stream().anyMatch((line) -> line.contains("teams"));
	}

	private List<String> arguments() {
		return mistake.steps()
			.stream()
			.filter(Step::isArgument)
			.map((step) -> placeholders.special(step.text()))
			.toList();
	}

	private byte[] answer(String target) {
		return mistake.all("upstream")
			.stream()
			.flatMap((step) -> step.content().stream())
			.collect(Collectors.joining("\r\n"))
			.replace("{target}", target)
			.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public void close() throws IOException {
		if (other != null) {
			other.close();
		}
		taken.close();
		upstream.close();
	}

	@FunctionalInterface
	private interface Opening<T> {

		T open() throws IOException;

	}

}
