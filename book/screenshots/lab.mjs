// Types into a real JupyterLab in headless Chromium: the bar and the curve must move while a run trains, an interrupt must
// end it within two seconds and leave a run that can be resumed. Usage, after ./spd setup and npm install:
//   node lab.mjs FOLDER      pictures go to FOLDER; CHROMIUM names the browser (default: chromium on the PATH)
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomBytes } from 'node:crypto';
import { chromium } from 'playwright-core';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const pictures = resolve(process.argv[2] ?? 'pictures');
const work = mkdtempSync(join(tmpdir(), 'spd-lab-'));
const token = randomBytes(16).toString('hex');
const port = 18000 + Math.floor(Math.random() * 2000);

const code = (source) => ({ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source, id: randomBytes(4).toString('hex') });
const notebook = (cells) => JSON.stringify({
  cells: cells.map(code),
  metadata: { kernelspec: { display_name: 'Java (SPD)', language: 'java', name: 'spd-java' } },
  nbformat: 4,
  nbformat_minor: 5,
});

const failures = [];
function check(claim, holds, found) {
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

async function open(browser, name) {
  const page = await browser.newPage({ viewport: { width: 1100, height: 1250 } });
  await page.goto(`http://127.0.0.1:${port}/lab/tree/${name}?token=${token}&reset`);
  await page.locator('.jp-Notebook .jp-CodeCell').first().waitFor({ timeout: 60000 });
  await page.getByText('Java (SPD) | Idle').waitFor({ timeout: 60000 });
  return page;
}

const cell = (page, index) => page.locator('.jp-Notebook .jp-CodeCell').nth(index);

async function run(page, index) {
  await cell(page, index).locator('.cm-content').click();
  await page.keyboard.press('Shift+Enter');
}

async function ended(page, index) {
  await page.waitForFunction((i) => {
    const prompt = document.querySelectorAll('.jp-Notebook .jp-CodeCell')[i].querySelector('.jp-InputPrompt').textContent;
    return /\[\d+\]/.test(prompt);
  }, index, { timeout: 120000, polling: 50 });
}

async function watchAndInterrupt(browser) {
  const page = await open(browser, 'interrupt.ipynb');
  await run(page, 0);
  const bar = cell(page, 0).locator('progress');
  await bar.waitFor({ timeout: 20000 });
  const values = new Set();
  const curves = new Set();
  for (let i = 0; i < 30; i++) {
    values.add(await bar.getAttribute('value'));
    curves.add(await cell(page, 0).locator('.jp-RenderedSVG img, .jp-RenderedImage img, .jp-RenderedSVG svg').first()
      .evaluate((e) => e.getAttribute('src') ?? e.outerHTML).catch(() => ''));
    await page.waitForTimeout(150);
  }
  curves.delete('');
  check('the bar moves', values.size >= 5, `${values.size} positions seen`);
  check('the curve moves', curves.size >= 2, `${curves.size} curves seen`);
  await page.screenshot({ path: join(pictures, 'training.png'), clip: { x: 290, y: 30, width: 770, height: 530 } });
  const asked = Date.now();
  await page.locator('[data-command="notebook:interrupt-kernel"] , jp-button[data-command="notebook:interrupt-kernel"]').first().click();
  await ended(page, 0);
  const seconds = (Date.now() - asked) / 1000;
  check('an interrupt ends training within 2 s', seconds < 2, `${seconds.toFixed(2)} s`);
  await run(page, 1);
  await ended(page, 1);
  const listed = await cell(page, 1).locator('.jp-OutputArea').innerText();
  check('the run is listed as stopped', /stopped after step \d+/.test(listed), listed.match(/stopped[^\n\t]*/)?.[0] ?? listed);
  await page.screenshot({ path: join(pictures, 'interrupted.png') });
  const id = listed.match(/emoji-\S+/)?.[0];
  execFileSync(join(root, 'spd'), ['resume', id], { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  check('the run resumes', true, id);
  await page.close();
}

async function quickstart(browser) {
  const page = await open(browser, '00-quickstart.ipynb');
  await page.locator('body').press('Escape');
  await page.locator('.jp-NotebookPanel-toolbar').waitFor();
  const count = await page.locator('.jp-Notebook .jp-CodeCell').count();
  for (let i = 0; i < count; i++) {
    await run(page, i);
    await ended(page, i);
    await cell(page, i).scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(pictures, `quickstart-${i}.png`) });
  }
  const errors = await page.locator('.jp-RenderedText[data-mime-type="application/vnd.jupyter.stderr"], .jp-mod-error').count();
  check('the quickstart shows no error', errors === 0, `${errors} errors in ${count} cells`);
  await page.close();
}

mkdirSync(pictures, { recursive: true });
writeFileSync(join(work, 'interrupt.ipynb'), notebook(['%spd train emoji --on noto --optimizer adam-spd --epochs 100 --as slow', '%spd runs']));
execFileSync('cp', [join(root, 'notebooks/00-quickstart.ipynb'), work]);
mkdirSync(join(work, 'config/labconfig'), { recursive: true });
writeFileSync(join(work, 'config/labconfig/default_setting_overrides.json'),
  JSON.stringify({ '@jupyterlab/apputils-extension:notification': { fetchNews: 'false' } }));
const environment = {
  ...process.env,
  SPD_RUNS: join(work, 'runs'),
  JUPYTER_CONFIG_DIR: join(work, 'config'),
  JUPYTER_DATA_DIR: join(work, 'data'),
  IPYTHONDIR: join(work, 'data'),
};
const server = spawn(join(root, '.spd/venv/bin/python'), ['-m', 'jupyterlab', '--no-browser', '--allow-root',
  `--port=${port}`, '--ServerApp.port_retries=0', `--IdentityProvider.token=${token}`, `--ServerApp.root_dir=${work}`],
  { stdio: 'ignore', env: environment });
try {
  await waitForServer();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim(), args: ['--no-sandbox'] });
  try {
    await watchAndInterrupt(browser);
    await quickstart(browser);
  } catch (error) {
    failures.push(error.message);
    console.error(error.message);
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
