package org.spdbook.magics;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.spdbook.kernel.Main;

/** The rules of the tree: which module and which package may know which. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(place -> !place.contains("/kernel/shaded/")) // not ours, only in our jar
            .importPackages("org.spdbook");

    private static final String KERNEL = "org.spdbook.kernel..";
    private static final String MAGICS = "org.spdbook.magics..";
    private static final String TWINS = "org.spdbook.twin..";

    private static final DescribedPredicate<JavaClass> CORE = resideInAPackage("org.spdbook..")
            .and(DescribedPredicate.not(resideInAnyPackage(KERNEL, MAGICS, TWINS)))
            .as("reside in spd-core");

    @Test
    void should_see_all_modules_when_classes_are_imported() {
        assertThat(CLASSES.contain(Main.class)).isTrue();
        assertThat(CLASSES.contain(Spd.class)).isTrue();
        assertThat(CLASSES.contain("org.spdbook.twin.emoji.EmojiWorld")).isTrue();
        assertThat(CLASSES.contain("org.spdbook.optim.AdamSpd")).isTrue();
        assertThat(CLASSES.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void should_know_no_other_module_when_in_kernel_or_core() {
        noClasses()
                .that()
                .resideInAPackage(KERNEL)
                .should()
                .dependOnClassesThat(CORE.or(resideInAnyPackage(MAGICS, TWINS, "ai.djl..")))
                .check(CLASSES);
        noClasses()
                .that(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KERNEL, MAGICS, TWINS)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(TWINS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KERNEL, MAGICS)
                .check(CLASSES);
    }

    @Test
    void should_look_down_only_when_in_a_layer_of_core() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("verify")
                .definedBy("org.spdbook.verify..")
                .layer("ledger")
                .definedBy("org.spdbook.ledger..")
                .layer("mechanism")
                .definedBy("org.spdbook.experiment.mechanism..")
                .layer("table, sweep")
                .definedBy("org.spdbook.experiment.table..", "org.spdbook.experiment.sweep..")
                .layer("experiment")
                .definedBy(
                        "org.spdbook.experiment",
                        "org.spdbook.experiment.commonsense..",
                        "org.spdbook.experiment.disk..",
                        "org.spdbook.experiment.photo..",
                        "org.spdbook.experiment.domainnet..",
                        "org.spdbook.experiment.imagenet..",
                        "org.spdbook.experiment.pascal..",
                        "org.spdbook.experiment.vqa..")
                .layer("train, eval, data, chart")
                .definedBy("org.spdbook.train..", "org.spdbook.eval..", "org.spdbook.data..", "org.spdbook.chart..")
                .layer("model, peft, optim")
                .definedBy("org.spdbook.model..", "org.spdbook.peft..", "org.spdbook.optim..")
                .layer("nn")
                .definedBy("org.spdbook.nn..")
                .layer("torch, weights")
                .definedBy("org.spdbook.torch..", "org.spdbook.weights..")
                .whereLayer("verify")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("ledger")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("mechanism")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("table, sweep")
                .mayOnlyBeAccessedByLayers("ledger", "mechanism")
                .whereLayer("experiment")
                .mayOnlyBeAccessedByLayers("verify", "ledger", "mechanism", "table, sweep")
                .whereLayer("train, eval, data, chart")
                .mayOnlyBeAccessedByLayers("verify", "ledger", "mechanism", "table, sweep", "experiment")
                .whereLayer("model, peft, optim")
                .mayOnlyBeAccessedByLayers(
                        "verify", "mechanism", "table, sweep", "experiment", "train, eval, data, chart")
                .whereLayer("nn")
                .mayOnlyBeAccessedByLayers("verify", "experiment", "train, eval, data, chart", "model, peft, optim")
                .ensureAllClassesAreContainedInArchitectureIgnoring(KERNEL, MAGICS, TWINS)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage("org.spdbook.torch..", "org.spdbook.weights..")
                .should()
                .dependOnClassesThat(CORE.and(
                        DescribedPredicate.not(resideInAnyPackage("org.spdbook.torch..", "org.spdbook.weights.."))))
                .check(CLASSES);
    }

    @Test
    void should_look_down_only_when_in_a_layer_of_the_kernel() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("install")
                .definedBy("org.spdbook.kernel.install..")
                .layer("kernel")
                .definedBy("org.spdbook.kernel")
                .layer("editing")
                .definedBy("org.spdbook.kernel.editing..")
                .layer("magic")
                .definedBy("org.spdbook.kernel.magic..")
                .layer("shell")
                .definedBy("org.spdbook.kernel.shell..")
                .layer("display")
                .definedBy("org.spdbook.kernel.display..")
                .layer("protocol")
                .definedBy("org.spdbook.kernel.protocol..")
                .whereLayer("install")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("kernel")
                .mayOnlyBeAccessedByLayers("install")
                .whereLayer("editing")
                .mayOnlyBeAccessedByLayers("install", "kernel")
                .whereLayer("magic")
                .mayOnlyBeAccessedByLayers("install", "kernel", "editing")
                .whereLayer("display")
                .mayOnlyBeAccessedByLayers("install", "kernel", "editing", "magic")
                .whereLayer("shell")
                .mayOnlyBeAccessedByLayers("install", "kernel", "editing", "magic")
                .whereLayer("protocol")
                .mayOnlyBeAccessedByLayers("install", "kernel", "editing", "magic", "shell")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("org.spdbook.kernel.protocol..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jdk.jshell..", "org.spdbook.kernel", "org.spdbook.kernel.display..")
                .check(CLASSES);
    }

    @Test
    void should_have_no_cycles_when_packages_depend_on_each_other() {
        slices().matching("org.spdbook.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void should_keep_libraries_in_their_place_when_they_are_used() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.spdbook.torch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.pytorch..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(MAGICS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tech.tablesaw..", "picocli..")
                .check(CLASSES);
    }

    @Test
    void should_say_what_they_are_when_types_are_named() {
        noClasses()
                .should()
                .haveSimpleNameContaining("Util")
                .orShould()
                .haveSimpleNameContaining("Helper")
                .orShould()
                .haveSimpleNameContaining("Manager")
                .check(CLASSES);
    }

    @Test
    void should_print_nothing_when_not_the_entry_point() {
        noClasses()
                .that()
                .areNotAssignableTo(Main.class)
                .and()
                .areNotAssignableTo(Spd.class)
                .should(ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
    }

    @Test
    void should_repeat_its_numbers_when_randomness_is_used() {
        // worlds of words equal references that draw from java.util.Random; in one place, with seeds
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.spdbook.twin.ReferenceRandom")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .check(CLASSES);
        noClasses()
                .should()
                .callConstructorWhere(
                        target(owner(name("java.util.Random"))).and(target(rawParameterTypes(new Class<?>[0]))))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.SecureRandom")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(StrictMath.class, "random")
                .orShould()
                .callMethod(java.util.Collections.class, "shuffle", List.class)
                .orShould()
                .callConstructorWhere(target(owner(name("java.util.SplittableRandom")))
                        .and(target(rawParameterTypes(new Class<?>[0]))))
                .check(CLASSES);
    }

    @Test
    void should_be_null_marked_when_it_is_a_package() {
        var missing = new TreeSet<String>();
        for (JavaClass type : CLASSES) {
            JavaPackage itsPackage = type.getPackage();
            boolean marked = itsPackage
                    .tryGetPackageInfo()
                    .map(info -> info.getAnnotations().stream()
                            .map(JavaAnnotation::getRawType)
                            .anyMatch(raw -> raw.isEquivalentTo(NullMarked.class)))
                    .orElse(false);
            if (!marked) {
                missing.add(itsPackage.getName());
            }
        }
        assertThat(missing).isEmpty();
    }

    /** A rule that finds nothing in what breaks it would hold for any code. */
    @Test
    void should_find_the_breach_when_a_class_prints_and_draws_unseeded() {
        JavaClasses broken = new ClassFileImporter().importClasses(Broken.class);

        assertThatThrownBy(() -> noClasses().should(ACCESS_STANDARD_STREAMS).check(broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("System.out");
        assertThatThrownBy(() -> noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.util.Random")
                        .check(broken))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> noClasses()
                        .should()
                        .callConstructorWhere(
                                target(owner(name("java.util.Random"))).and(target(rawParameterTypes(new Class<?>[0]))))
                        .check(broken))
                .isInstanceOf(AssertionError.class);
    }

    /** Does what it must not. */
    private static final class Broken {
        @SuppressWarnings("UnusedMethod") // only its byte code is looked at
        void print() {
            System.out.println(new Random().nextInt());
        }
    }
}
