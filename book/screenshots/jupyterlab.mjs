// A JupyterLab of its own and a headless Chromium that looks at it: what every script here begins with.
// It needs ./spd setup and npm install; CHROMIUM names the browser (default: chromium on the PATH).
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomBytes } from 'node:crypto';
import { chromium } from 'playwright-core';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const pictures = resolve(process.argv[2] ?? 'pictures');
export const work = mkdtempSync(join(tmpdir(), 'spd-lab-'));
export const environment = {
  ...process.env,
  SPD_RUNS: join(work, 'runs'),
  SPD_KERNEL_HISTORY: '',
  JUPYTER_CONFIG_DIR: join(work, 'config'),
  JUPYTER_DATA_DIR: join(work, 'data'),
  IPYTHONDIR: join(work, 'data'),
};
const token = randomBytes(16).toString('hex');
const port = 18000 + Math.floor(Math.random() * 2000);

// Writes a notebook of code cells into the folder that JupyterLab shows.
export function write(name, sources) {
  const cells = sources.map((source) => (
    { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source, id: randomBytes(4).toString('hex') }));
  const metadata = { kernelspec: { display_name: 'Java (SPD)', language: 'java', name: 'spd-java' } };
  writeFileSync(join(work, name), JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
}

const failures = [];
export function check(claim, holds, found) {
  console.log(`${holds ? 'ok    ' : 'FAILED'} ${claim}: ${found}`);
  if (!holds) failures.push(claim);
}

async function waitForServer() {
  for (let i = 0; i < 120; i++) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/api/status?token=${token}`)).ok) return;
    } catch { /* not yet */ }
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error('JupyterLab did not start within a minute');
}

// A page with a notebook whose kernel is ready.
export async function open(browser, name) {
  const page = await browser.newPage({ viewport: { width: 1100, height: 1250 } });
  page.setDefaultTimeout(60000);
  await page.goto(`http://127.0.0.1:${port}/lab/tree/${name}?token=${token}&reset`);
  await page.locator('.jp-Notebook .jp-CodeCell').first().waitFor();
  await page.getByText('Java (SPD) | Idle').waitFor();
  return page;
}

export const cell = (page, index) => page.locator('.jp-Notebook .jp-CodeCell').nth(index);

export async function run(page, index) {
  await cell(page, index).locator('.cm-content').click();
  await page.keyboard.press('Shift+Enter');
}

export async function ended(page, index) {
  await page.waitForFunction((i) => {
    const prompt = document.querySelectorAll('.jp-Notebook .jp-CodeCell')[i].querySelector('.jp-InputPrompt').textContent;
    return /\[\d+\]/.test(prompt);
  }, index, { timeout: 120000, polling: 50 });
}

// A button of the notebook's toolbar.
export const toolbar = (page, command) => page.locator(
  `[data-command="${command}"], jp-button[data-command="${command}"]`).first();

// Runs the steps, each with the browser, and ends the process: with 1 when a check or a step failed.
export async function look(...steps) {
  mkdirSync(pictures, { recursive: true });
  mkdirSync(join(work, 'config/labconfig'), { recursive: true });
  writeFileSync(join(work, 'config/labconfig/default_setting_overrides.json'),
    JSON.stringify({ '@jupyterlab/apputils-extension:notification': { fetchNews: 'false' } }));
  const server = spawn(join(root, '.spd/venv/bin/python'), ['-m', 'jupyterlab', '--no-browser', '--allow-root',
    `--port=${port}`, '--ServerApp.port_retries=0', `--IdentityProvider.token=${token}`, `--ServerApp.root_dir=${work}`,
    '--LabApp.expose_app_in_browser=True'], { stdio: 'ignore', env: environment });
  try {
    await waitForServer();
    const executablePath = process.env.CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      for (const step of steps) await step(browser);
    } catch (error) {
      check('every step ends', false, error.message);
      for (const page of browser.contexts().flatMap((context) => context.pages())) {
        await page.screenshot({ path: join(pictures, 'failed.png') });
      }
    }
    await browser.close();
  } finally {
    server.kill();
    rmSync(work, { recursive: true, force: true });
  }
  console.log(failures.length ? `${failures.length} failed` : `all shown; pictures are in ${pictures}`);
  process.exit(failures.length ? 1 : 0);
}
