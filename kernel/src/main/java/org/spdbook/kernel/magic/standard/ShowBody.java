package org.spdbook.kernel.magic.standard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.magic.MagicCall;

/** {@code %%html} and the like: the rest of the cell is shown as it is, as content of a MIME type. */
public abstract class ShowBody extends StandardMagic {

    private static final Pattern TITLE = Pattern.compile("<title[^>]*>(.*?)</title>", Pattern.DOTALL);

    private final String mimeType;

    private ShowBody(String name, String what, String mimeType) {
        super(Usage.of(name, "%%" + name, "shows the rest of the cell as " + what));
        this.mimeType = mimeType;
    }

    @Override
    public final DisplayBundle run(MagicCall call) {
        Given given = usage().read(call.arguments());
        String body = call.body().filter(text -> given.words().isEmpty()).orElseThrow(given::wrong);
        return DisplayBundle.text(plain(body)).with(mimeType, body);
    }

    /** What a front-end without the type shows, and reads aloud. */
    String plain(String body) {
        return body.strip();
    }

    /** {@code %%html}. */
    public static final class Html extends ShowBody {
        /** Made by ServiceLoader. */
        public Html() {
            super("html", "HTML", "text/html");
        }

        @Override
        String plain(String body) {
            String text = body.replaceAll("(?s)<(script|style)\\b.*?</\\1>|<!--.*?-->", "")
                    .replaceAll("<[^>]*>", "")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&")
                    .strip();
            return text.isEmpty() ? "HTML without text" : text;
        }
    }

    /** {@code %%markdown}. */
    public static final class Markdown extends ShowBody {
        /** Made by ServiceLoader. */
        public Markdown() {
            super("markdown", "Markdown", "text/markdown");
        }
    }

    /** {@code %%latex}. */
    public static final class Latex extends ShowBody {
        /** Made by ServiceLoader. */
        public Latex() {
            super("latex", "LaTeX", "text/latex");
        }
    }

    /** {@code %%svg}. */
    public static final class Svg extends ShowBody {
        /** Made by ServiceLoader. */
        public Svg() {
            super("svg", "an SVG drawing", "image/svg+xml");
        }

        @Override
        String plain(String body) {
            Matcher title = TITLE.matcher(body);
            return title.find() ? title.group(1).strip() : "a drawing (SVG) without a title";
        }
    }

    /** {@code %%javascript}. */
    public static final class JavaScript extends ShowBody {
        /** Made by ServiceLoader. */
        public JavaScript() {
            super("javascript", "JavaScript that the browser runs", "application/javascript");
        }

        @Override
        String plain(String body) {
            return "JavaScript of " + body.lines().count() + " lines";
        }
    }
}
