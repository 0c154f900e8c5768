package org.spdbook.kernel.magic.standard;

import java.util.List;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.kernel.magic.Session;
import org.spdbook.kernel.maven.MavenException;
import org.spdbook.kernel.maven.Repository;
import org.spdbook.kernel.maven.Resolver;

/** {@code %repo}: the repositories that {@code %maven} asks. */
public final class Repo extends StandardMagic {

    /** Made by ServiceLoader. */
    public Repo() {
        super(
                Usage.of("repo", "%repo\n%repo [ID] URL", "lists the repositories that %maven asks, or adds one")
                        .notes(
                                "An ID connects it with user and password of a server in settings.xml. A folder of this machine is a repository\n"
                                        + "too. Like Maven, it asks none over http, but for this machine. What is added lasts until the kernel ends."));
    }

    @Override
    public Object run(MagicCall call) {
        Given given = usage().read(call.arguments());
        Session session = call.session();
        Resolver resolver = session.shared(Resolver.class, Resolver::new);
        List<String> words = given.words();
        try {
            switch (words.size()) {
                case 0 -> {}
                case 1 -> resolver.add(Repository.at(url(words.get(0), session)));
                case 2 -> resolver.add(Repository.named(words.get(0), url(words.get(1), session)));
                default -> throw given.wrong();
            }
        } catch (MavenException e) {
            throw new MagicException(String.valueOf(e.getMessage()));
        }
        return table(
                List.of("id", "address"),
                resolver.repositories().stream()
                        .map(one -> List.of(one.id(), one.url()))
                        .toList(),
                "there is no repository");
    }

    /** What was typed as an address: a folder becomes one. */
    static String url(String typed, Session session) {
        return typed.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")
                ? typed
                : LocalFile.existing(typed, session.folder()).toUri().toString();
    }
}
