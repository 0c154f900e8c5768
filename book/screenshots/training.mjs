// Training in JupyterLab: the bar and the curve must move while a run trains, an interrupt must end it within two seconds and leave
// a run that can be resumed. Usage:
//   node training.mjs FOLDER      pictures go to FOLDER
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { cell, check, ended, environment, look, open, pictures, root, run, toolbar, work, write } from './jupyterlab.mjs';

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
  await toolbar(page, 'notebook:interrupt-kernel').click();
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

write('interrupt.ipynb', ['%spd train emoji --on noto --optimizer adam-spd --epochs 100 --as slow', '%spd runs']);
execFileSync('cp', [join(root, 'notebooks/00-quickstart.ipynb'), work]);
await look(watchAndInterrupt, quickstart);
