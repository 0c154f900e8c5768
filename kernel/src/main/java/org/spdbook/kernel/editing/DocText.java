package org.spdbook.kernel.editing;

import com.sun.source.doctree.DeprecatedTree;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.ErroneousTree;
import com.sun.source.doctree.IndexTree;
import com.sun.source.doctree.InheritDocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.SummaryTree;
import com.sun.source.doctree.SystemPropertyTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.doctree.ValueTree;
import com.sun.source.util.SimpleDocTreeVisitor;
import java.util.List;
import java.util.Locale;

/** A documentation comment of a source: its text, then parameters, result and exceptions. */
final class DocText extends SimpleDocTreeVisitor<Void, Markup> implements Comment {

    private final DocCommentTree comment;

    DocText(DocCommentTree comment) {
        this.comment = comment;
    }

    @Override
    public void write(Markup markup) {
        all(comment.getFullBody(), markup);
        boolean list = false;
        for (DocTree tag : comment.getBlockTags()) {
            if (tag instanceof ParamTree
                    || tag instanceof ReturnTree
                    || tag instanceof ThrowsTree
                    || tag instanceof DeprecatedTree) {
                if (!list) {
                    markup.start("ul");
                    list = true;
                }
                visit(tag, markup);
            }
        }
        if (list) {
            markup.end("ul");
        }
    }

    @Override
    public void writeSummary(Markup markup) {
        all(comment.getFirstSentence(), markup);
    }

    @Override
    public boolean isInherited() {
        return comment.getFullBody().stream()
                .allMatch(part -> part instanceof InheritDocTree
                        || part instanceof TextTree text && text.getBody().isBlank());
    }

    private void all(List<? extends DocTree> parts, Markup markup) {
        for (DocTree part : parts) {
            visit(part, markup);
        }
    }

    private void item(String name, List<? extends DocTree> description, Markup markup) {
        markup.start("li");
        markup.code(name);
        markup.text(" - ");
        all(description, markup);
        markup.end("li");
    }

    @Override
    public Void visitText(TextTree node, Markup markup) {
        markup.text(node.getBody());
        return null;
    }

    @Override
    public Void visitEntity(EntityTree node, Markup markup) {
        markup.entity(node.toString());
        return null;
    }

    @Override
    public Void visitStartElement(StartElementTree node, Markup markup) {
        markup.start(node.getName().toString().toLowerCase(Locale.ROOT));
        return null;
    }

    @Override
    public Void visitEndElement(EndElementTree node, Markup markup) {
        markup.end(node.getName().toString().toLowerCase(Locale.ROOT));
        return null;
    }

    @Override
    public Void visitLiteral(LiteralTree node, Markup markup) {
        String body = node.getBody().getBody();
        if (node.getKind() == DocTree.Kind.CODE) {
            markup.code(body);
        } else {
            markup.text(body);
        }
        return null;
    }

    @Override
    public Void visitLink(LinkTree node, Markup markup) {
        if (node.getLabel().isEmpty()) {
            String target = node.getReference().getSignature();
            String shown = target.startsWith("#") ? target.substring(1) : target.replace('#', '.');
            markup.code(shown.replaceFirst("^([a-z]\\w*\\.)+(?=[A-Z])", ""));
        } else {
            all(node.getLabel(), markup);
        }
        return null;
    }

    @Override
    public Void visitSummary(SummaryTree node, Markup markup) {
        all(node.getSummary(), markup);
        return null;
    }

    @Override
    public Void visitIndex(IndexTree node, Markup markup) {
        visit(node.getSearchTerm(), markup);
        return null;
    }

    @Override
    public Void visitSystemProperty(SystemPropertyTree node, Markup markup) {
        markup.code(node.getPropertyName().toString());
        return null;
    }

    @Override
    public Void visitValue(ValueTree node, Markup markup) {
        markup.code(node.getReference() == null ? "value" : node.getReference().getSignature());
        return null;
    }

    @Override
    public Void visitParam(ParamTree node, Markup markup) {
        String name = node.getName().getName().toString();
        item(node.isTypeParameter() ? "<" + name + ">" : name, node.getDescription(), markup);
        return null;
    }

    @Override
    public Void visitReturn(ReturnTree node, Markup markup) {
        if (node.toString().startsWith("{")) {
            markup.text("Returns ");
            all(node.getDescription(), markup);
            markup.text(".");
        } else {
            item("return", node.getDescription(), markup);
        }
        return null;
    }

    @Override
    public Void visitThrows(ThrowsTree node, Markup markup) {
        item("throws " + node.getExceptionName().getSignature(), node.getDescription(), markup);
        return null;
    }

    @Override
    public Void visitDeprecated(DeprecatedTree node, Markup markup) {
        item("deprecated", node.getBody(), markup);
        return null;
    }

    /** What is no right HTML or no right tag, such as a {@code <} alone, is text. */
    @Override
    public Void visitErroneous(ErroneousTree node, Markup markup) {
        markup.text(node.getBody());
        return null;
    }

    /** Kinds that only newer JDKs know: snippets of code and Markdown; all others say nothing to a reader. */
    @Override
    protected Void defaultAction(DocTree node, Markup markup) {
        String source = node.toString();
        switch (node.getKind().name()) {
            case "SNIPPET" -> {
                int body = source.indexOf(":\n");
                markup.start("pre");
                markup.text(body < 0 ? source : source.substring(body + 2, source.length() - 1));
                markup.end("pre");
            }
            case "MARKDOWN" -> markup.text(source);
            default -> {}
        }
        return null;
    }
}
