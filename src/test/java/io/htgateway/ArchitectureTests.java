package io.htgateway;

import java.util.Arrays;
import java.util.Map;
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

	private static final Map<String, String[]> MAY_USE = Map.ofEntries(Map.entry("secret", packages()),
			Map.entry("settings", packages("secret")), Map.entry("time", packages()), Map.entry("http", packages()),
			Map.entry("access", packages()), Map.entry("budget", packages("settings", "time")),
			Map.entry("cache", packages("settings")), Map.entry("breaker", packages()),
			Map.entry("shared", packages("budget", "cache", "teams", "upstream")),
			Map.entry("shared.budget", packages("shared", "budget")),
			Map.entry("shared.guard", packages("shared", "upstream")),
			Map.entry("shared.teams", packages("shared", "budget", "teams")),
			Map.entry("shared.cache", packages("cache", "shared")),
			Map.entry("download", packages("breaker", "http", "time", "work")),
			Map.entry("upstream.answer", packages("http", "secret")),
			Map.entry("upstream.json", packages("upstream.answer", "work")), Map.entry("work", packages()),
			Map.entry("upstream.guard", packages("upstream.answer", "breaker")),
			Map.entry("pacing", packages("budget", "cache", "time")),
			Map.entry("upstream", packages("breaker", "budget", "http", "secret", "teams", "time", "traffic", "work")),
			Map.entry("teams", packages("budget", "secret", "settings", "time")),
			Map.entry("traffic", packages("access", "cache", "teams")),
			Map.entry("ops", packages("access", "breaker", "budget", "cache", "teams", "time", "traffic", "upstream")),
			Map.entry("tracing", packages("cache", "traffic")), Map.entry("web.connection", packages()),
			Map.entry("web.problem", packages("budget", "cache", "upstream", "download", "teams")),
			Map.entry("web.reply", packages("budget", "cache", "download", "teams", "time", "upstream", "web.problem")),
			Map.entry("web.hit",
					packages("access", "cache", "teams", "time", "traffic", "web.connection", "web.reply")),
			Map.entry("docs", packages("access", "budget", "cache", "endpoint", "teams", "traffic", "upstream", "web")),
			Map.entry("web",
					packages("access", "budget", "cache", "upstream", "download", "secret", "teams", "time",
							"traffic")),
			Map.entry("endpoint", packages("access", "cache", "traffic", "web")),
			Map.entry("fills", packages("endpoint", "web", "cache", "settings", "upstream", "traffic")),
			Map.entry("risk", packages("endpoint", "web", "cache", "settings", "upstream", "traffic", "work")),
			Map.entry("declared",
					packages("cache", "endpoint", "file", "http", "settings", "traffic", "upstream", "web")),
			Map.entry("file", packages("cache", "download", "upstream", "web")),
			Map.entry("heatmap", packages("endpoint", "file", "web", "cache", "settings", "upstream", "traffic")));

	/**
	 * The classes of the gateway, read once for all tests of them.
	 */
	static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	@ParameterizedTest
	@MethodSource("rooms")
	void packageUsesOnlyWhatTheTableAllows(String room) {
		String[] allowed = Stream.concat(Stream.of(room), Arrays.stream(MAY_USE.get(room)))
			.map((name) -> ROOT + "." + name + "..")
			.toArray(String[]::new);

		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(ROOT + "." + room + "..")
			.should()
			.onlyDependOnClassesThat(outsideOfProject().or(JavaClass.Predicates.resideInAnyPackage(allowed)))
			.check(CLASSES);
	}

	@Test
	void everyPackageIsInTheTable() {
		assertThat(CLASSES).extracting(JavaClass::getPackageName)
			.filteredOn((name) -> !name.equals(ROOT))
			.allSatisfy((name) -> assertThat(MAY_USE).containsKey(name.substring(ROOT.length() + 1)));
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
	// read
	// the requests that they send themselves.
	@Test
	void targetAndClientOfARequestAreReadInOnePlace() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackages(ROOT + ".access", ROOT + ".upstream..", ROOT + ".download..")
			.should()
			.callMethodWhere(isCallOf(HttpRequest.class, "getURI")
				.or(isCallOf(ServerHttpRequest.class, "getPath", "getRemoteAddress", "getLocalAddress"))
				.or(isCallOf(RequestPath.class, "contextPath", "pathWithinApplication", "value"))
				.or(isCallOf(HttpServerRequest.class, "remoteAddress", "hostAddress", "connectionHostName", "hostName",
						"forwardedPrefix", "scheme", "fullPath", "path")))
			.check(CLASSES);
	}

	static Stream<String> rooms() {
		return MAY_USE.keySet().stream().sorted();
	}

	private static DescribedPredicate<JavaCall<?>> isCallOf(Class<?> type, String... methods) {
		return JavaCall.Predicates.target(HasOwner.Predicates.With.owner(JavaClass.Predicates.assignableTo(type)))
			.and(JavaCall.Predicates.target(HasName.Predicates.nameMatching(String.join("|", methods))));
	}

	private static DescribedPredicate<JavaClass> outsideOfProject() {
		return DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT + ".."));
	}

	private static String[] packages(String... names) {
		return names;
	}

}
