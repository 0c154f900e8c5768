package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;

/** The methods of a table that Adam-SPD is compared with. */
record Rivals(Table table) {

    /** The method that is compared with the others. */
    private static final String OURS = "adam-spd";

    private static final List<String> AT_THE_SAME_RATE = List.of("adamw", "adam");
    private static final List<String> AS_CHOSEN = List.of(
            "adamw",
            "l2sp",
            "adam",
            "l2sp decoupled",
            "ftp",
            "ftp k=0.0",
            "adamw trained=head",
            "adamw head=anchored trained=head",
            "adamw start=probe(10 0.003)",
            "adamw start=probe(10 0.001)",
            "adamw finish=wise(0.75)",
            "adamw finish=wise(0.5)",
            "adamw finish=tpgm(200)");

    /** See {@link Table#comparisons}. */
    List<Comparison> comparisons() {
        List<Comparison> rows = new ArrayList<>();
        List<String> kinds = kinds();
        kinds.forEach(kind -> rows.addAll(atTheSameRate(kind)));
        for (Choice choice : List.of(Choice.ID_VALIDATION, Choice.HINDSIGHT)) {
            kinds.forEach(kind -> AS_CHOSEN.forEach(
                    rival -> table.compare(rival + kind, OURS + kind, choice).ifPresent(rows::add)));
        }
        return rows;
    }

    private List<Comparison> atTheSameRate(String kind) {
        Map<Setting, List<Run>> groups = table.bySetting();
        List<Comparison> rows = new ArrayList<>();
        AT_THE_SAME_RATE.stream()
                .flatMap(method -> plain(groups.keySet(), method + kind))
                .forEach(a -> groups.keySet().stream()
                        .filter(b -> b.family().equals(OURS + kind) && a.lr() == b.lr())
                        .forEach(b -> table.compare(a.toString(), b.toString(), Choice.SAME_RATE)
                                .ifPresent(rows::add)));
        return rows;
    }

    /** The settings of a method with its own weight decay, or those with any where none has that. */
    private static Stream<Setting> plain(Set<Setting> settings, String method) {
        boolean usual = settings.stream().anyMatch(one -> one.method().equals(method));
        return settings.stream().filter(one -> (usual ? one.method() : one.family()).equals(method));
    }

    /**
     * What stands behind our method's name where it trains other tensors, on fewer examples or in other batches than usual, such as {@code
     * trained=series}; first nothing.
     */
    private List<String> kinds() {
        return Stream.concat(
                        Stream.of(""),
                        table.bySetting().keySet().stream()
                                .map(Setting::family)
                                .filter(family -> family.startsWith(OURS))
                                .map(family -> family.substring(OURS.length()))
                                .filter(kind -> kind.matches("( (accumulate|batch|epochs|fraction|trained)=\\S+)+")))
                .distinct()
                .toList();
    }
}
