// The kernel in JupyterLab: completion, inspector, run-all that stops at an error, the buttons for interrupt and restart, dark theme.
// Usage:
//   node kernel.mjs FOLDER      a picture of each step goes to FOLDER
import { join } from 'node:path';
import { cell, check, ended, look, open, pictures, run, toolbar, write } from './jupyterlab.mjs';

const output = (page, n) => cell(page, n).locator('.jp-OutputArea-output').first();
const prompt = (page, n) => cell(page, n).locator('.jp-InputPrompt').innerText();
const popup = (page, selector) => page.locator(selector).filter({ visible: true }).first();
const command = (page, id, options) => page.evaluate(
  ([name, given]) => window.jupyterapp.commands.execute(name, given), [id, options]);
const picture = (page, name) => page.screenshot({ path: join(pictures, `${name}.png`) });

// A new last cell with this code in it, the cursor at its end; its number.
async function type(page, code) {
  await page.keyboard.press('Escape');
  const last = (await page.locator('.jp-Notebook .jp-CodeCell').count()) - 1;
  await cell(page, last).locator('.jp-InputPrompt').click();
  await command(page, 'notebook:insert-cell-below');
  await cell(page, last + 1).locator('.cm-content').click();
  await page.keyboard.type(code);
  return last + 1;
}

async function runAll(page) {
  await command(page, 'notebook:run-all-cells');
  await output(page, 2).waitFor();
  await page.getByText('Java (SPD) | Idle').waitFor();
  check('run-all runs the cells before the error', (await output(page, 1).innerText()).includes('42'), await prompt(page, 1));
  const error = await output(page, 2).innerText();
  check('the error names its line', error.includes('ArithmeticException') && error.includes('line 1'), error.split('\n')[0]);
  await page.waitForTimeout(500);
  check('run-all stops at the error', (await cell(page, 3).locator('.jp-OutputArea-output').count()) === 0
    && (await prompt(page, 3)).trim() === '[ ]:', await prompt(page, 3));
  await picture(page, 'run-all');
}

async function completion(page) {
  const n = await type(page, '"abc".to');
  await page.keyboard.press('Tab');
  const list = popup(page, '.jp-Completer');
  await list.waitFor();
  check('the popup lists what fits', (await list.innerText()).includes('toLowerCase'), (await list.innerText()).split('\n')[0]);
  await page.screenshot({ path: join(pictures, 'kernel.png'), clip: { x: 290, y: 30, width: 770, height: 470 } });
  await page.keyboard.type('Up');
  await page.keyboard.press('Enter');
  const chosen = await cell(page, n).locator('.cm-content').innerText();
  check('the chosen word is put in', chosen.includes('toUpperCase'), chosen);
}

async function inspector(page) {
  await type(page, 'Math.max(');
  await page.keyboard.press('Shift+Tab');
  const tip = popup(page, '.jp-Tooltip');
  await tip.waitFor();
  check('the inspector tells what it is', (await tip.innerText()).includes('max'), (await tip.innerText()).split('\n')[0]);
  await picture(page, 'inspector');
  await page.keyboard.press('Escape');
}

async function interrupt(page) {
  const n = await type(page, 'while (true) {}');
  await page.keyboard.press('Control+Enter');
  await page.waitForTimeout(1000);
  const asked = Date.now();
  await toolbar(page, 'notebook:interrupt-kernel').click();
  await ended(page, n);
  check('an interrupt ends a loop within 1 s', Date.now() - asked < 1000, `${Date.now() - asked} ms`);
  await output(page, n).waitFor();
  check('the loop is marked as interrupted', (await output(page, n).innerText()).includes('Interrupted'), await prompt(page, n));
  await picture(page, 'interrupt');
}

async function restart(page) {
  await toolbar(page, 'notebook:restart-kernel').click();
  await page.locator('.jp-Dialog .jp-mod-accept').click();
  await page.waitForTimeout(300);
  await page.getByText('Java (SPD) | Idle').waitFor();
  const n = await type(page, 'six');
  await run(page, n);
  await output(page, n).waitFor();
  check('after a restart the count begins anew', (await prompt(page, n)).trim() === '[1]:', await prompt(page, n));
  const error = await output(page, n).innerText();
  check('after a restart variables are gone', error.includes('cannot find symbol'), error.split('\n')[0]);
  await picture(page, 'restart');
}

async function dark(page) {
  await command(page, 'apputils:change-theme', { theme: 'JupyterLab Dark' });
  await page.waitForFunction(() => document.body.dataset.jpThemeLight === 'false');
  await cell(page, 2).scrollIntoViewIfNeeded();
  await page.waitForTimeout(1000);
  await picture(page, 'dark');
}

write('tour.ipynb', ['int six = 6;', 'six * 7', 'int broken = six / 0;', '"after the error"']);
await look(async (browser) => {
  const page = await open(browser, 'tour.ipynb');
  for (const step of [runAll, completion, inspector, interrupt, restart, dark]) await step(page);
});
