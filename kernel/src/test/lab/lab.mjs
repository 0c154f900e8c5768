// The kernel in a real JupyterLab, by a headless Chromium: completion, inspector, run-all that stops at an error, interrupt,
// restart, dark theme. Each step leaves a picture to look at.
//
//   npm ci && node lab.mjs --python VENV/bin/python [--kernel spd-java] [--chromium PATH] --out FOLDER
//
// Ends with 1 when a step fails, and says which.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values: asked } = parseArgs({
  options: {
    python: { type: "string", default: "python3" },
    kernel: { type: "string", default: "spd-java" },
    chromium: { type: "string", default: "/usr/bin/chromium" },
    out: { type: "string" },
  },
});
if (!asked.out) {
  console.error("lab.mjs needs --out FOLDER for its pictures; found none");
  process.exit(2);
}
const out = resolve(asked.out);
mkdirSync(out, { recursive: true });

const PATIENCE = 30_000;
const CELLS = ["int six = 6;", "six * 7", "int broken = six / 0;", '"after the error"'];

const home = mkdtempSync(join(tmpdir(), "lab-"));
const notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: asked.kernel, display_name: "Java", language: "java" } },
  cells: CELLS.map((source, i) => ({
    cell_type: "code",
    id: `cell-${i}`,
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  })),
};
writeFileSync(join(home, "tour.ipynb"), JSON.stringify(notebook));

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function startLab(port) {
  const folders = {};
  for (const name of ["CONFIG", "DATA", "RUNTIME"]) {
    folders[`JUPYTER_${name}_DIR`] = join(home, name.toLowerCase());
  }
  const options = ["--no-browser", `--port=${port}`, "--ServerApp.ip=127.0.0.1", `--ServerApp.root_dir=${home}`];
  options.push("--IdentityProvider.token=", "--ServerApp.allow_root=True", "--LabApp.expose_app_in_browser=True");
  const lab = spawn(asked.python, ["-m", "jupyterlab", ...options], {
    env: { ...process.env, ...folders },
    stdio: ["ignore", "pipe", "pipe"],
  });
  lab.log = "";
  lab.stdout.on("data", (text) => (lab.log += text));
  lab.stderr.on("data", (text) => (lab.log += text));
  for (let i = 0; i < 300; i++) {
    if (lab.exitCode !== null) {
      throw new Error(`JupyterLab did not start:\n${lab.log}`);
    }
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/api`);
      if (answer.ok) {
        return lab;
      }
    } catch {
      // not there yet
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`JupyterLab did not answer in a minute:\n${lab.log}`);
}

const port = await freePort();
const lab = await startLab(port);
const browser = await chromium.launch({ executablePath: asked.chromium, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
page.setDefaultTimeout(PATIENCE);

const command = (id, args) => page.evaluate(([id, args]) => window.jupyterapp.commands.execute(id, args), [id, args]);
const cell = (n) => page.locator(".jp-NotebookPanel .jp-Cell").nth(n);
const output = (n) => cell(n).locator(".jp-OutputArea-output");
const prompt = (n) => cell(n).locator(".jp-InputPrompt").innerText();
const popup = (selector) => page.locator(selector).filter({ visible: true }).first();

async function idle() {
  await page.waitForFunction(
    () => window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === "idle",
  );
}

// A new last cell with this code in it, the cursor at its end.
async function type(code) {
  await page.keyboard.press("Escape");
  const last = (await page.locator(".jp-NotebookPanel .jp-Cell").count()) - 1;
  await cell(last).locator(".jp-InputPrompt").click();
  await command("notebook:insert-cell-below");
  await cell(last + 1).locator(".cm-content").click();
  await page.keyboard.type(code);
  return last + 1;
}

function expect(holds, what) {
  if (!holds) {
    throw new Error(what);
  }
}

const steps = {
  async "run-all"() {
    await page.goto(`http://127.0.0.1:${port}/lab/tree/tour.ipynb?reset`);
    await page.locator(".jp-NotebookPanel .jp-Cell").nth(3).waitFor();
    await page.waitForFunction(() => window.jupyterapp?.shell.currentWidget?.sessionContext);
    await page.evaluate(() => window.jupyterapp.shell.currentWidget.sessionContext.ready);
    await idle();
    await command("notebook:run-all-cells");
    await output(2).waitFor();
    await idle();
    expect((await output(1).innerText()).includes("42"), "the second cell shows 42");
    const error = await output(2).innerText();
    expect(error.includes("ArithmeticException") && error.includes("line 1"), `the third cell shows its error: ${error}`);
    await page.waitForTimeout(500);
    expect((await output(3).count()) === 0, "nothing runs after the error");
    expect((await prompt(3)).trim() === "[ ]:", `the cell after the error is not marked as run: ${await prompt(3)}`);
  },
  async completion() {
    const n = await type('"abc".to');
    await page.keyboard.press("Tab");
    await popup(".jp-Completer").waitFor();
    expect((await popup(".jp-Completer").innerText()).includes("toLowerCase"), "the popup lists toLowerCase");
    await page.screenshot({ path: join(out, "popup.png") });
    await page.keyboard.type("Up");
    await page.keyboard.press("Enter");
    expect((await cell(n).locator(".cm-content").innerText()).includes("toUpperCase"), "the chosen match is put in");
  },
  async inspector() {
    await page.keyboard.press("Escape");
    await type("Math.max(");
    await page.keyboard.press("Shift+Tab");
    await popup(".jp-Tooltip").waitFor();
    expect((await popup(".jp-Tooltip").innerText()).includes("max"), "the tooltip tells of Math.max");
  },
  async interrupt() {
    await page.keyboard.press("Escape");
    const n = await type("while (true) {}");
    await page.keyboard.press("Control+Enter");
    await page.waitForTimeout(1000);
    await page.locator('[data-jp-item-name="interrupt"] >> visible=true').first().click();
    await output(n).waitFor();
    expect((await output(n).innerText()).includes("Interrupted"), "the loop ends as interrupted");
    await idle();
  },
  async restart() {
    await page.locator('[data-jp-item-name="restart"] >> visible=true').first().click();
    await page.locator(".jp-Dialog .jp-mod-accept").click();
    await page.waitForTimeout(300);
    await idle();
    const n = await type("six");
    await page.keyboard.press("Control+Enter");
    await output(n).waitFor();
    expect((await prompt(n)).trim() === "[1]:", `the count begins anew: ${await prompt(n)}`);
    expect((await output(n).innerText()).includes("cannot find symbol"), "variables of before are gone");
  },
  async dark() {
    await command("apputils:change-theme", { theme: "JupyterLab Dark" });
    await page.waitForFunction(() => document.body.dataset.jpThemeLight === "false");
    await cell(2).scrollIntoViewIfNeeded();
    await page.waitForTimeout(1000);
  },
};

let failed = 0;
try {
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step();
      console.log(`ok      ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAILED  ${name}: ${error.message}`);
    }
    await page.screenshot({ path: join(out, `${name}.png`) });
  }
} finally {
  await browser.close();
  lab.kill();
  await new Promise((done) => lab.once("exit", done));
  rmSync(home, { recursive: true, force: true });
}
console.log(`${Object.keys(steps).length - failed} passed, ${failed} failed, 0 skipped; pictures in ${out}`);
process.exitCode = failed ? 1 : 0;
