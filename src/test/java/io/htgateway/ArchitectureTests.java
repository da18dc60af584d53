package io.htgateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.htgateway.endpoint.MirroredEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpRequest;
import org.springframework.http.server.RequestPath;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.netty.http.server.HttpServerRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the table of which package may use which: all other arrows are forbidden.
 */
class ArchitectureTests {

	private static final String ROOT = "io.htgateway";

	private static final Pattern NAME = Pattern.compile("`([a-z0-9.]+)`");

	/**
	 * What each package may use.
	 */
	private static final Map<String, List<String>> MAY_USE = table();

	/**
	 * The classes of the gateway, read once for all tests of them.
	 */
	static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	@ParameterizedTest
	@MethodSource("rooms")
	void packageUsesOnlyWhatTheTableAllows(String room) {
		List<String> used = Objects.requireNonNull(MAY_USE.get(row(room)), () -> "no row of " + room);
		String[] allowed = Stream.concat(Stream.of(room), used.stream())
			.flatMap((name) -> Stream.of(ROOT + "." + name, ROOT + "." + name + ".."))
			.toArray(String[]::new);

		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(ROOT + "." + room)
			.should()
			.onlyDependOnClassesThat(outsideOfProject().or(JavaClass.Predicates.resideInAnyPackage(allowed)))
			.check(CLASSES);
	}

	@ParameterizedTest
	@MethodSource("rooms")
	void packageHasAtMostFifteenTypes(String room) {
		assertThat(CLASSES.stream()
			.filter((type) -> type.getPackageName().equals(ROOT + "." + room) && type.isTopLevelClass())
			.filter((type) -> !type.getSimpleName().equals("package-info"))).hasSizeLessThanOrEqualTo(15);
	}

	@Test
	void tableHasNoPackageThatIsNone() {
		assertThat(rooms().map(ArchitectureTests::row)).containsAll(MAY_USE.keySet());
	}

	@Test
	void tableHasNoArrowUp() {
		List<String> above = new ArrayList<>();
		MAY_USE.forEach((room, used) -> {
			assertThat(above).noneMatch(used::contains);
			above.add(room);
		});
	}

	@Test
	void packagesHaveNoCycles() {
		SlicesRuleDefinition.slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void nobodyUsesOps() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage(ROOT + ".ops..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ROOT + ".ops..")
			.check(CLASSES);
	}

	@Test
	void webUsesOnlyTheFailuresOfBudgetUpstreamAndDownload() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(ROOT + ".web..")
			.should()
			.dependOnClassesThat(JavaClass.Predicates
				.resideInAnyPackage(ROOT + ".budget..", ROOT + ".upstream..", ROOT + ".download..")
				.and(DescribedPredicate.not(JavaClass.Predicates.assignableTo(RuntimeException.class))))
			.check(CLASSES);
	}

	// Otherwise what is guarded could be another path than what is served. The clients
	// read the requests that they send themselves.
	@Test
	void targetAndClientOfARequestAreReadInOnePlace() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackages(ROOT + ".access.request", ROOT + ".upstream..", ROOT + ".download..")
			.should()
			.callMethodWhere(isCallOf(HttpRequest.class, "getURI")
				.or(isCallOf(ServerHttpRequest.class, "getPath", "getRemoteAddress", "getLocalAddress"))
				.or(isCallOf(RequestPath.class, "contextPath", "pathWithinApplication", "value"))
				.or(isCallOf(HttpServerRequest.class, "remoteAddress", "hostAddress", "connectionHostName", "hostName",
						"forwardedPrefix", "scheme", "fullPath", "path")))
			.check(CLASSES);
	}

	static Stream<String> rooms() {
		return CLASSES.stream()
			.map(JavaClass::getPackageName)
			.filter((name) -> !name.equals(ROOT))
			.map((name) -> name.substring(ROOT.length() + 1))
			.distinct()
			.sorted();
	}

	// Whoever adds an endpoint adds no row.
	private static String row(String room) {
		boolean endpoint = CLASSES.stream()
			.filter((type) -> type.getPackageName().equals(ROOT + "." + room))
			.anyMatch((type) -> type.isAssignableTo(MirroredEndpoint.class) && !type.isInterface());
		return (endpoint && !MAY_USE.containsKey(room)) ? "fills" : room;
	}

	private static Map<String, List<String>> table() {
		Map<String, List<String>> table = new LinkedHashMap<>();
		try (Stream<String> lines = Files.lines(Path.of("docs/architecture.md"))) {
			lines.takeWhile((line) -> !line.startsWith("## "))
				.map((line) -> line.split("\\|", -1))
				.filter((cells) -> cells.length == 5 && cells[1].startsWith(" `"))
				.forEach((cells) -> names(cells[1]).forEach((room) -> table.put(room, names(cells[3]))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return table;
	}

	private static List<String> names(String cell) {
		return NAME.matcher(cell).results().map((match) -> match.group(1)).toList();
	}

	private static DescribedPredicate<JavaCall<?>> isCallOf(Class<?> type, String... methods) {
		return JavaCall.Predicates.target(HasOwner.Predicates.With.owner(JavaClass.Predicates.assignableTo(type)))
			.and(JavaCall.Predicates.target(HasName.Predicates.nameMatching(String.join("|", methods))));
	}

	private static DescribedPredicate<JavaClass> outsideOfProject() {
		return DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT + ".."));
	}

}
