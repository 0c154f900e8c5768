"""%maven, %repo, %jars and %classpath in a kernel of its own process, with repositories in a temporary folder.

Nothing is asked of the network, and neither the local repository nor the settings of this machine's Maven are touched:
the kernel runs with a home of its own, whose settings.xml has a mirror of every repository but those that tests add.
"""

import hashlib
import http.server

import os
import tempfile
import threading
import zipfile
from pathlib import Path

from jupyter_client.manager import KernelManager
from live_kernel import NAME, PATIENCE, KernelTest

SETTINGS = """<settings><mirrors><mirror><id>central-here</id><mirrorOf>central</mirrorOf><url>{}</url></mirror></mirrors></settings>"""
POM = """<project><modelVersion>4.0.0</modelVersion><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version>
<packaging>{}</packaging>{}</project>"""
DEPENDENCY = "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version>{}</dependency>"


def depends(*dependencies):
    return "<dependencies>" + "".join(DEPENDENCY.format(*one) for one in dependencies) + "</dependencies>"


class MavenRepository:
    """A Maven repository in a folder."""

    def __init__(self, root):
        self.root = root

    def put(self, coordinates, files=None, more="", packaging="jar"):
        group, artifact, version = coordinates.split(":")
        folder = self.root / group.replace(".", "/") / artifact / version
        folder.mkdir(parents=True)
        pom = folder / f"{artifact}-{version}.pom"
        pom.write_text(POM.format(group, artifact, version, packaging, more))
        if files is not None:
            self.jar(folder / f"{artifact}-{version}.jar", files)
            self.jar(folder / f"{artifact}-{version}-sources.jar", {"Read.java": b"// source"})
        versions = sorted(path.name for path in folder.parent.iterdir() if path.is_dir())
        listed = "".join(f"<version>{one}</version>" for one in versions)
        (folder.parent / "maven-metadata.xml").write_text(
            f"<metadata><groupId>{group}</groupId><artifactId>{artifact}</artifactId><versioning>"
            f"<latest>{versions[-1]}</latest><release>{versions[-1]}</release><versions>{listed}</versions></versioning></metadata>"
        )
        for file in [*folder.iterdir(), folder.parent / "maven-metadata.xml"]:
            if not file.name.endswith(".sha1"):
                file.with_name(file.name + ".sha1").write_text(hashlib.sha1(file.read_bytes()).hexdigest())

    @staticmethod
    def jar(path, files):
        with zipfile.ZipFile(path, "w") as jar:
            for name, content in files.items():
                jar.writestr(name, content)


class MavenTest(KernelTest):
    """Each class has a kernel, a central repository and an empty local repository."""

    arguments = []

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="maven test ")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = Path(cls.temporary.name).resolve()
        (cls.folder / "home/.m2").mkdir(parents=True)
        (cls.folder / "home/.m2/settings.xml").write_text(SETTINGS.format((cls.folder / "central").as_uri()))
        cls.local = cls.folder / "local"
        cls.central = MavenRepository(cls.folder / "central")
        cls.before_start()
        cls.manager, cls.client = cls.start([argument.format(folder=cls.folder) for argument in cls.arguments])
        cls.compiled = {}

    @classmethod
    def before_start(cls):
        pass

    @classmethod
    def start(cls, arguments):
        manager = KernelManager(kernel_name=NAME)
        argv = manager.kernel_spec.argv
        manager.kernel_spec.argv = [argv[0], f"-Dmaven.repo.local={cls.local}", f"-Duser.home={cls.folder}/home", *argv[1:-1], *arguments, argv[-1]]
        manager.start_kernel(cwd=str(cls.folder))
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=PATIENCE)
        return manager, client

    def ok(self, code, **options):
        cell = self.run_cell(code, **options)
        self.assertEqual("ok", cell.status, f"{code}\n{cell.traceback}")
        return cell

    def fails(self, code, **options):
        cell = self.run_cell(code, **options)
        self.assertEqual("error", cell.status, code)
        return cell.reply["evalue"]

    def compile(self, name, source, *classpath):
        """Class files of one source, made by the kernel's JDK."""
        target = Path(tempfile.mkdtemp(dir=self.folder))
        file = target / f"{name.split('.')[-1]}.java"
        file.write_text(source)
        path = os.pathsep.join(map(str, classpath))
        result = self.ok(
            f'javax.tools.ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp", "{path}:" + '
            f'System.getProperty("java.class.path"), "-d", "{target}", "{file}")'
        ).result
        self.assertEqual("0", result)
        return {str(one.relative_to(target)): one.read_bytes() for one in target.rglob("*.class")}

    def greeter(self, text, package="demo"):
        return self.compile(
            f"{package}.Greeter", f'package {package}; public class Greeter {{ public static String hi() {{ return "{text}"; }} }}'
        )


class Libraries(MavenTest):
    def test_transitive_jars_are_used_in_the_next_line(self):
        self.central.put("org.demo:leaf:1.0", self.greeter("leaf", "leaf"))
        self.central.put("org.demo:mid:1.0", {}, depends(("org.demo", "leaf", "1.0", "")))
        self.central.put("org.demo:test-only:1.0", {})
        more = depends(
            ("org.demo", "mid", "1.0", ""),
            ("org.demo", "test-only", "1.0", "<scope>test</scope>"),
            ("org.demo", "nowhere", "1.0", "<optional>true</optional>"),
        )
        self.central.put("org.demo:top:1.0", self.greeter("top", "top"), more)
        cell = self.ok("%maven org.demo:top:1.0\ntop.Greeter.hi() + leaf.Greeter.hi()")
        self.assertEqual("topleaf", cell.result)
        shown = [one["data"]["text/plain"] for one in cell.of("display_data")][-1]
        self.assertRegex(shown, r"Added 3 jars, .*\n  org\.demo:top:1\.0 .*\n    org\.demo:mid:1\.0 .*\n      org\.demo:leaf:1\.0")
        last = cell.of("update_display_data")[-1]["data"]["text/plain"]
        self.assertRegex(last, r"^Downloaded \d+ files, ")
        self.assertTrue((self.local / "org/demo/leaf/1.0/leaf-1.0.jar").exists())
        again = self.ok("%maven org.demo:top:1.0")
        self.assertIn("Already there: org.demo:top:1.0, org.demo:mid:1.0", again.result)
        self.assertEqual([], again.of("display_data"))
        self.assertIn("leaf-1.0.jar", self.ok("%classpath").result)
        code = "%maven org.demo:t"
        self.assertEqual(["org.demo:top"], self.request("complete", code=code, cursor_pos=len(code))["matches"])

    def test_all_coordinates_of_a_line_are_resolved_together(self):
        for version in ("1.0", "2.0"):
            self.central.put(f"org.near:base:{version}", self.greeter(f"base{version}", "near"))
        self.central.put("org.near:user:1.0", {}, depends(("org.near", "base", "1.0", "")))
        cell = self.ok("%maven org.near:user:1.0 org.near:base:2.0\nnear.Greeter.hi()")
        self.assertEqual("base2.0", cell.result)
        later = self.ok("%maven org.near:base:1.0").result
        self.assertIn("a cell added 2.0 before", later)

    def test_newest_ranges_and_bills_of_materials(self):
        for version in ("1.0", "1.5", "2.0"):
            self.central.put(f"org.range:lib:{version}", {})
            self.central.put(f"org.range:other:{version}", {})
            self.central.put(f"org.range:third:{version}", {})
        managed = "<dependencyManagement>" + depends(("org.range", "third", "1.5", "")) + "</dependencyManagement>"
        self.central.put("org.range:bom:1", None, managed, "pom")
        self.assertIn("org.range:lib:1.5", self.ok('%maven "org.range:lib:[1.0,2.0)"').result)
        self.assertIn("org.range:other:2.0", self.ok("%maven org.range:other").result)
        self.central.put("org.range:other:3.0", {})
        self.assertIn("org.range:other:2.0", self.ok("%maven org.range:other").result)
        self.assertIn("org.range:other:3.0 is left out", self.ok("%maven --update org.range:other").result)
        self.assertIn("org.range:third:1.5", self.ok("%maven org.range:bom:pom:1 org.range:third").result)

    def test_cell_holds_lines_or_elements_of_a_pom(self):
        self.central.put("org.body:one:1.0", {})
        self.central.put("org.body:two:1.0", {})
        self.assertIn("org.body:one:1.0", self.ok("%%maven\n# a comment\norg.body:one:1.0\n").result)
        element = DEPENDENCY.format("org.body", "two", "1.0", "<scope>compile</scope>")
        self.assertIn("org.body:two:1.0", self.ok(f"%%maven\n{element}").result)

    def test_sources_lie_beside_the_jar(self):
        self.central.put("org.read:lib:1.0", {})
        self.assertIn("Sources of 1 of 1", self.ok("%maven --sources org.read:lib:1.0").result)
        self.assertTrue((self.local / "org/read/lib/1.0/lib-1.0-sources.jar").exists())

    def test_local_repository_serves_offline_and_when_the_others_are_away(self):
        self.central.put("org.away:lib:1.0", {})
        self.assertIn("is not in the local repository", self.fails("%maven --offline org.away:lib:1.0"))
        self.ok("%maven org.away:lib:1.0")
        manager, client = self.start([])
        try:
            for option in ("--offline", "--repo http://127.0.0.1:1/none"):
                reply = client.execute_interactive(
                    f"%maven {option} org.away:lib:1.0", timeout=PATIENCE, output_hook=lambda message: None
                )
                self.assertEqual("ok", reply["content"]["status"])
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)

    def test_unknown_library_names_the_repositories_asked(self):
        error = self.fails("%maven org.none:lib:1.0")
        self.assertIn("org.none:lib:jar:1.0 was not found; asked central-here (file:", error)
        self.assertNotIn("\n", error)
        self.assertIn("got nothing", self.fails("%maven nothing"))
        self.central.put("org.none:lib:1.0", {})
        self.assertIn("Added 1 jar", self.ok("%maven org.none:lib:1.0").result)

    def test_repository_that_does_not_answer_is_named(self):
        error = self.fails("%maven --repo http://127.0.0.1:1/repo org.none:other:1.0")
        self.assertIn("127.0.0.1:1", error)

    def test_open_http_is_refused(self):
        self.assertIn("not asked over http", self.fails("%repo http://repo.example.org/maven"))
        self.assertIn("begins with https://", self.fails("%repo ftp://repo.example.org/maven"))

    def test_added_repository_is_asked(self):
        own = MavenRepository(self.folder / "own repo")
        own.put("org.own:lib:1.0", self.greeter("own", "own"))
        self.fails("%maven org.own:lib:1.0")
        self.assertIn("Added", self.ok("%maven --repo 'own repo' org.own:lib:1.0").result)
        self.assertEqual("own", self.ok("own.Greeter.hi()").result)
        own.put("org.own:second:1.0", {})
        listed = self.ok("%repo mine 'own repo'").result
        self.assertRegex(listed, r"central-here +file:.*\n.*mine +file:")
        self.assertIn("Added", self.ok("%maven org.own:second:1.0").result)

    def serve(self, change=lambda path, data: data):
        folder = self.folder / "web"

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                file = folder / self.path.lstrip("/")
                if not file.is_file():
                    return self.send_error(404)
                data = change(self, file.read_bytes())
                if data is None:
                    return None
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
                return None

            def log_message(self, *arguments):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.addCleanup(server.server_close)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.shutdown)
        return MavenRepository(folder), f"http://127.0.0.1:{server.server_port}/"

    def test_changed_download_is_refused(self):
        web, address = self.serve(lambda request, data: data + b"x" if request.path.endswith(".jar") else data)
        web.put("org.web:changed:1.0", {})
        error = self.fails(f"%maven --repo {address} org.web:changed:1.0")
        self.assertIn("was refused, since it is not what its repository says", error)
        self.assertNotIn("changed", self.ok("%classpath").result)

    def test_download_is_interrupted(self):
        waiting = threading.Event()
        go_on = threading.Event()
        self.addCleanup(go_on.set)

        def hang(request, data):
            if request.path.endswith(".jar"):
                request.send_response(200)
                request.send_header("Content-Length", str(len(data)))
                request.end_headers()
                request.wfile.write(data[:1])
                request.wfile.flush()
                waiting.set()
                go_on.wait(PATIENCE)
                return None
            return data

        web, address = self.serve(hang)
        web.put("org.web:slow:1.0", {})
        threading.Thread(target=lambda: waiting.wait(PATIENCE) and self.manager.interrupt_kernel(), daemon=True).start()
        error = self.fails(f"%maven --repo {address} org.web:slow:1.0")
        self.assertIn("interrupted; nothing was added", error)
        self.assertEqual("2", self.ok("1 + 1").result)

    def test_magics_and_renderers_of_a_jar_are_found(self):
        kernel = self.ok('System.getProperty("java.class.path")').result
        magic = self.compile(
            "ext.Hello",
            """package ext; import org.spdbook.kernel.magic.*;
            public class Hello implements Magic {
              public String name() { return "hello"; } public String summary() { return "greets"; }
              public Object run(MagicCall call) { return new Shown("hello " + call.text()); }
              public static class Shown { public final String text; Shown(String text) { this.text = text; } } }""",
            kernel,
        )
        renderer = self.compile(
            "ext.Show",
            """package ext; import org.spdbook.kernel.display.*; import java.util.Optional;
            public class Show implements Renderer { public Optional<DisplayBundle> render(Object value) {
              return value.getClass().getSimpleName().equals("Shown")
                ? Optional.of(DisplayBundle.text("rendered")) : Optional.empty(); } }""",
            kernel,
        )
        services = {
            "META-INF/services/org.spdbook.kernel.magic.Magic": "ext.Hello\n",
            "META-INF/services/org.spdbook.kernel.display.Renderer": "ext.Show\n",
        }
        self.central.put("org.ext:hello:1.0", {**magic, **renderer, **services})
        cell = self.ok("%maven org.ext:hello:1.0\n%hello you")
        self.assertEqual("rendered", cell.result)
        self.assertIn("%hello", self.ok("%lsmagic").result)

    def test_jars_and_folders_are_added(self):
        jars = self.folder / "jars" / "deep"
        jars.mkdir(parents=True)
        MavenRepository.jar(jars / "one.jar", self.greeter("one", "one"))
        MavenRepository.jar(jars.parent / "two.jar", self.greeter("two", "two"))
        self.assertIn("two.jar", self.ok("%jars jars").result)
        self.assertIn("one.jar", self.ok("%jars 'jars/**.jar'").result)
        self.assertEqual("onetwo", self.ok("one.Greeter.hi() + two.Greeter.hi()").result)
        self.assertIn("no jar matches", self.fails("%jars none/*.jar") + self.fails("%jars jars/x*.jar"))
        classes = self.folder / "classes" / "three"
        classes.mkdir(parents=True)
        for content in self.greeter("three", "three").values():
            (classes / "Greeter.class").write_bytes(content)
        self.ok("%classpath classes")
        self.assertEqual("three", self.ok("three.Greeter.hi()").result)
        self.assertIn("no jar and no folder", self.fails("%classpath home/.m2/settings.xml"))


class OwnVersions(MavenTest):
    """A kernelspec with libraries of its own."""

    arguments = ["--libraries", "{folder}/libraries/*", "--shared", "shared.api"]

    @classmethod
    def before_start(cls):
        # the classes are made by a kernel, which does not run yet: one that is started for this alone
        manager, client = cls.start([])
        cls.client = client
        try:
            maker = cls("make_libraries")
            maker.make_libraries()
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)

    def make_libraries(self):
        (self.folder / "libraries").mkdir()
        for version in ("2.15.0", "2.8.9"):
            gson = self.compile(
                "com.google.gson.Gson",
                f'package com.google.gson; public class Gson {{ public String version() {{ return "{version}"; }} }}',
            )
            self.central.put(f"com.google.code.gson:gson:{version}", gson)
        for version in ("1.0", "2.0"):
            self.central.put(f"org.shared:api:{version}", self.greeter(version, "shared.api"))
        for name in ("com/google/code/gson/gson/2.15.0/gson-2.15.0.jar", "org/shared/api/1.0/api-1.0.jar"):
            jar = self.central.root / name
            (self.folder / "libraries" / jar.name).write_bytes(jar.read_bytes())

    def test_own_gson_wins_and_a_shared_library_stays(self):
        shown = self.ok("%maven com.google.code.gson:gson:2.8.9").result
        self.assertIn("in place of the kernelspec's 2.15.0", shown)
        self.assertEqual("2.8.9", self.ok("new com.google.gson.Gson().version()").result)
        where = "com.google.gson.Gson.class.getProtectionDomain().getCodeSource().getLocation().getPath()"
        self.assertIn("gson-2.8.9.jar", self.ok(where).result)
        self.assertIn("2.8.9", self.ok("com.google.gson.Gson kept = new com.google.gson.Gson();\nkept.version()").result)
        shown = self.ok("%maven org.shared:api:2.0").result
        self.assertIn("org.shared:api:2.0 is left out: the kernel shares its 1.0", shown)
        self.assertEqual("1.0", self.ok("shared.api.Greeter.hi()").result)
        self.assertIn("Already there: org.shared:api:1.0", self.ok("%maven org.shared:api:1.0").result)
        listed = self.ok("%classpath").result
        self.assertRegex(listed, r"gson-2\.8\.9\.jar .* added")
        self.assertRegex(listed, r"gson-2\.15\.0\.jar .* kernelspec")
