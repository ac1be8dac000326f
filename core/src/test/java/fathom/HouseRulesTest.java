package fathom;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the house keeps to, wherever one builds on. */
class HouseRulesTest {
    /** The rooms in the order in which the data walks: each may use only those before it. */
    private static final List<String> ROOMS =
            List.of("random", "config", "model", "data", "engine", "train", "run", "inspect", "experiment", "report");

    /** Rooms that stand alone: others may use them, but they use nothing of the house. */
    private static final List<String> APART = List.of("manifold", "chart");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("fathom");

    @Test
    void eachRoomUsesOnlyTheRoomsBeforeIt() {
        for (int i = 0; i < ROOMS.size(); i++) {
            for (String later : ROOMS.subList(i + 1, ROOMS.size())) {
                noClasses()
                        .that()
                        .resideInAPackage("fathom." + ROOMS.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("fathom." + later + "..")
                        .allowEmptyShould(true)
                        .check(HOUSE);
            }
        }
    }

    @Test
    void everyPackageIsAKnownRoom() {
        assertThat(HOUSE.stream().map(JavaClass::getPackageName).distinct()).allMatch(name -> {
            String room = name.substring("fathom.".length());
            return ROOMS.contains(room) || APART.contains(room) || room.equals("engine.vector");
        });
    }

    @Test
    void roomsApartUseNothingOfTheHouse() {
        for (String room : APART) {
            noClasses()
                    .that()
                    .resideInAPackage("fathom." + room)
                    .should()
                    .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("fathom..")
                            .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("fathom." + room))))
                    .check(HOUSE);
        }
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("fathom.(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void nothingIsReadByJavaSerialisation() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(HOUSE);
    }

    @Test
    void theCoreKnowsNoNativeBindingAndNoCommandLine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", "picocli..", "fathom.engine.torch..", "fathom.cli..")
                .check(HOUSE);
    }

    @Test
    void theLibraryNeitherPrintsNorExits() {
        noClasses().should().accessField(System.class, "out").check(HOUSE);
        noClasses().should().accessField(System.class, "err").check(HOUSE);
        noClasses().should().callMethod(System.class, "exit", int.class).check(HOUSE);
    }

    @Test
    void randomnessIsOnlyDrawnByName() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .check(HOUSE);
        noClasses().should().callMethod(Math.class, "random").check(HOUSE);
    }

    @Test
    void classesAreFinalRecordsOrSealed() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotAnonymousClasses()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(HOUSE);
    }
}
