package org.spdbook.kernel.editing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spdbook.kernel.editing.Signature.Kind;

class SignatureTest {

    @Test
    void should_find_owner_and_parameters_when_it_is_a_method() {
        Signature map = Signature.parse(
                "Stream<R> Stream<T extends Object>.<R extends Object>map(java.util.function.Function<? super T,? extends R> mapper)");

        assertThat(map.kind()).isEqualTo(Kind.METHOD);
        assertThat(map.owner()).isEqualTo("Stream");
        assertThat(map.name()).isEqualTo("map");
        assertThat(map.parameterTypes()).containsExactly("Function");
        assertThat(map.text()).startsWith("Stream<R> Stream<T>.<R>map(");
    }

    @Test
    void should_split_parameters_when_type_arguments_have_commas() {
        Signature put = Signature.parse("void a.B.put(java.util.Map<K,V> map, int[] counts, java.lang.String... rest)");

        assertThat(put.parameterTypes()).containsExactly("Map", "int[]", "String[]");
        assertThat(put.parameterText()).isEqualTo("(java.util.Map<K,V> map, int[] counts, java.lang.String... rest)");
    }

    @Test
    void should_have_types_when_names_of_parameters_are_unknown() {
        assertThat(Signature.parse("void List<E>.add(int, E)").parameterTypes()).containsExactly("int", "E");
        assertThat(Signature.parse("int List<E>.size()").parameterTypes()).isEmpty();
    }

    @Test
    void should_be_the_type_itself_when_it_is_a_constructor() {
        Signature made = Signature.parse("HashMap<K, V>(Map<? extends K,? extends V> m)");

        assertThat(made.kind()).isEqualTo(Kind.CONSTRUCTOR);
        assertThat(made.owner()).isEqualTo("HashMap");
        assertThat(made.parameterTypes()).containsExactly("Map");
    }

    @Test
    void should_leave_out_components_when_a_newer_jdk_writes_them_after_a_record() {
        assertThat(Signature.parse("int P(int x, java.lang.String y).sum()").text())
                .isEqualTo("int P.sum()");
        assertThat(Signature.parse("P(int x, java.lang.String y).Z:int").owner())
                .isEqualTo("P");
        assertThat(Signature.parse("P(int x, java.lang.String y)(int x, String y)")
                        .parameterTypes())
                .isEqualTo(List.of("int", "String"));
        assertThat(Signature.ofType("P(int x, java.lang.String y)").owner()).isEqualTo("P");
    }

    @Test
    void should_have_a_type_when_it_is_a_variable() {
        Signature words = Signature.parse("words:java.util.List<java.lang.String>");

        assertThat(words.kind()).isEqualTo(Kind.VARIABLE);
        assertThat(words.owner()).isEmpty();
        assertThat(words.name()).isEqualTo("words");
        assertThat(words.type()).isEqualTo("java.util.List<java.lang.String>");
        assertThat(Signature.parse("Math.PI:double").owner()).isEqualTo("Math");
    }

    @Test
    void should_be_compared_by_simple_types_when_packages_and_annotations_differ() {
        assertThat(Signature.simple("@Nullable java.util.Map.Entry<K, V> []")).isEqualTo("Entry[]");
        assertThat(Signature.simple("String...")).isEqualTo("String[]");
    }
}
