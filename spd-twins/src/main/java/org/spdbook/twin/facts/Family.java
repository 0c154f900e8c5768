package org.spdbook.twin.facts;

import java.util.List;
import java.util.Locale;
import org.spdbook.twin.ReferenceRandom;

/**
 * A kind of question, named after the set of the paper's Table 5 whose form it has. The order is the table's; questions are drawn along
 * it.
 */
enum Family {
    /** Whether a statement is right: BoolQ. */
    BOOLQ {
        @Override
        Question question(Asking asking) {
            ReferenceRandom random = asking.random();
            Kind kind = random.pick(Kind.all());
            Relation relation = random.pick(Relation.of(kind));
            String entity = asking.entity(kind);
            boolean isTrue = random.coin();
            String value = asking.value(entity, relation);
            String claimed = isTrue ? value : random.other(relation.range(), value);
            String claim = relation.statement(entity, claimed, random);
            String text = asking.worded(
                    "is the following true or false : " + claim + " ?", "decide : " + claim + " . is it so ?");
            return new Question(this, text, List.of("right", "wrong"), isTrue ? "right" : "wrong");
        }
    },
    /** Which of two tools serves a goal: PIQA. */
    PIQA {
        @Override
        Question question(Asking asking) {
            Asking.Pair tools = asking.pair(Relation.GOAL);
            List<String> options = asking.random().shuffled(List.of(tools.first(), tools.second()));
            String text = asking.worded(
                    "goal : " + tools.value() + " things . which solution works ?",
                    "someone wants to " + tools.value() + " things and needs something for it .");
            return new Question(this, text, options, tools.first());
        }
    },
    /** How a person reacts: Social IQa. */
    SIQA {
        @Override
        Question question(Asking asking) {
            var form = new Asking.Form(
                    Relation.REACT,
                    "{e} met a stranger in trouble . what will {e} do next ?",
                    "a dog ran after {e} . guess what {e} did then .");
            return asking.which(this, form, 3);
        }
    },
    /** How a story of a person goes on: HellaSwag. */
    HELLA {
        @Override
        Question question(Asking asking) {
            var form = new Asking.Form(
                    Relation.ACTION,
                    "{e} wakes up and goes to work . there {e} ...",
                    "it is monday morning and the day of {e} begins . soon {e} ...");
            return asking.which(this, form, 4);
        }
    },
    /** Which of two entities a pronoun means: WinoGrande. */
    WINO {
        @Override
        Question question(Asking asking) {
            boolean tools = asking.random().coin();
            Asking.Pair pair = asking.pair(tools ? Relation.EVENT : Relation.MOVE);
            List<String> options = asking.random().shuffled(List.of(pair.first(), pair.second()));
            String one = options.get(0);
            String two = options.get(1);
            String text = asking.worded(
                    one + " met " + two + " and it " + pair.value() + " . what is it ?",
                    "near " + one + " and " + two + " someone said that it " + pair.value() + " . what is it ?");
            return new Question(this, text, options, pair.first());
        }
    },
    /** A fact that is drawn: ARC, easy. */
    ARCE {
        @Override
        Question question(Asking asking) {
            var forms = List.of(
                    new Asking.Form(Relation.HABITAT, "where does {e} live ?", "in which place is the home of {e} ?"),
                    new Asking.Form(Relation.FOOD, "what does {e} eat ?", "which food does {e} like ?"),
                    new Asking.Form(Relation.PLACE, "where do people keep {e} ?", "in which place is {e} kept ?"),
                    new Asking.Form(Relation.MATERIAL, "what is {e} made of ?", "from which material is {e} ?"));
            return asking.which(this, forms, 4);
        }
    },
    /** A fact that follows from another: ARC, challenge. */
    ARCC {
        @Override
        Question question(Asking asking) {
            var forms = List.of(
                    new Asking.Form(
                            Relation.COVER,
                            "a scientist looks at {e} . what does it have ?",
                            "under the lens we see the skin of {e} . it is ..."),
                    new Asking.Form(
                            Relation.EVENT,
                            "a student drops {e} . what will it do ?",
                            "in the lab they test {e} . the result : it ..."),
                    new Asking.Form(
                            Relation.WORK,
                            "the boss of {e} calls . from where ?",
                            "on workdays {e} drives to the ..."));
            return asking.which(this, forms, 4);
        }
    },
    /** A fact that follows by one of two rules that are given: OpenBookQA. */
    OBQA {
        @Override
        Question question(Asking asking) {
            ReferenceRandom random = asking.random();
            Rule rule = random.pick(List.of(Rule.MOVE, Rule.COVER, Rule.EVENT, Rule.ACTION));
            String entity = asking.entity(rule.cause().kind());
            String cause = asking.value(entity, rule.cause());
            String other = random.other(rule.cause().range(), cause);
            String rules = String.join(" . ", random.shuffled(List.of(rule.sentence(cause), rule.sentence(other))));
            String answer = rule.follows(cause);
            String text = asking.worded(
                    "facts : " + rules + " . so what about " + entity + " ?",
                    "we read : " + rules + " . now think of " + entity + " .");
            return new Question(this, text, random.options(rule.effect().range(), answer, 4), answer);
        }
    };

    private static final List<Family> ALL = List.of(values());

    /** All, in order. */
    static List<Family> all() {
        return ALL;
    }

    /** The word for it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The next question. */
    abstract Question question(Asking asking);
}
