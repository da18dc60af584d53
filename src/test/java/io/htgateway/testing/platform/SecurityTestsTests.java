package io.htgateway.testing.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every test of a gateway in the table of <code>docs/security.md</code> is a
 * {@link SecurityTest}, and every {@link SecurityTest} also runs with the variables of
 * Kubernetes.
 */
class SecurityTestsTests {

	private static final JavaClasses CLASSES = ArchConfiguration.withThreadLocalScope(SecurityTestsTests::tests);

	private static final Pattern TEST = Pattern.compile("`(\\w+Tests)`");

	// What tests use is not read: only annotations and superclasses are looked at.
	private static JavaClasses tests(ArchConfiguration configuration) {
		configuration.setResolveMissingDependenciesFromClassPath(false);
		return new ClassFileImporter().withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
			.importPackages("io.htgateway");
	}

	@Test
	void testOfSecurityHasATwinOnKubernetes() {
		List<JavaClass> tests = CLASSES.stream()
			.filter((type) -> type.isAnnotatedWith(SecurityTest.class))
			.filter((type) -> !type.isAnnotation())
			.toList();

		assertThat(tests).hasSizeGreaterThan(30)
			.allSatisfy((test) -> assertThat(test.getAllSubclasses()).as(test.getName())
				.anyMatch((twin) -> twin.isAnnotatedWith(OnKubernetes.class)));
	}

	@Test
	void tableOfTheDocumentNamesTheTestsOfSecurityAndNoOtherTestOfAGateway() throws IOException {
		Set<String> table = table();
		Set<String> marked = names(CLASSES.stream().filter((type) -> type.isAnnotatedWith(SecurityTest.class)));

		assertThat(CLASSES.stream().filter(SecurityTestsTests::startsGateway).map(JavaClass::getSimpleName))
			.filteredOn(table::contains)
			.containsExactlyInAnyOrderElementsOf(marked);
	}

	@Test
	void tableOfTheDocumentNamesOnlyTestsThatExist() throws IOException {
		assertThat(names(CLASSES.stream())).containsAll(table());
	}

	// Some tests of security start gateways of their own.
	private static boolean startsGateway(JavaClass test) {
		return test.isAnnotatedWith(SecurityTest.class)
				|| test.getClassHierarchy().stream().anyMatch((type) -> type.isMetaAnnotatedWith(SpringBootTest.class));
	}

	private static Set<String> names(Stream<JavaClass> types) {
		return types.map(JavaClass::getSimpleName).collect(Collectors.toSet());
	}

	private static Set<String> table() throws IOException {
		return Files.readString(Path.of("docs/security.md"))
			.lines()
			.filter((line) -> line.startsWith("|"))
			.flatMap((line) -> TEST.matcher(line).results())
			.map((name) -> name.group(1))
			.collect(Collectors.toSet());
	}

}
