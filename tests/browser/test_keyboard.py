"""Every control of a page is reached by the Tab key, is seen to be, and lets go again.

On the pages where people spend their time; what axe cannot see by looking.
"""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

MOST_PRESSES = 400
PAGES = (
    "public:first",
    "public:activity",
    "public:neighbourhood",
    "account_request_login_code",
    "demo:gallery",
    "desk:home",
    "desk:people",
    "desk:person",
    "desk:talk",
    "desk:deal",
    "desk:listing",
    "board:line",
    "mine:home",
)
# what a keyboard must reach: shown, not disabled, and one of each group of radios
CONTROLS = """() => {
  const all = document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
  );
  const groups = new Map();
  let number = 0;
  for (const each of all) {
    const isShown = each.checkVisibility({visibilityProperty: true});
    if (!isShown || each.disabled || each.tabIndex < 0 || each.closest('[inert]')) continue;
    if (each.type === 'radio') {
      const form = each.form ?? document;
      if (!groups.has(form)) groups.set(form, new Map());
      const group = groups.get(form);
      if (!group.has(each.name)) group.set(each.name, number++);
      each.dataset.stop = group.get(each.name);
    } else {
      each.dataset.stop = number++;
    }
  }
  return number;
}"""
FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at);
  const isOutlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  const label = at.id && document.querySelector(`label[for="${CSS.escape(at.id)}"]`);
  const near = [label, at.parentElement].filter(Boolean).flatMap((each) =>
    [getComputedStyle(each, '::before'), getComputedStyle(each)]);
  const isLit = [style, ...near].some((each) => each.boxShadow !== 'none');
  return {
    stop: at.dataset.stop ?? null,
    isSeen: isOutlined || isLit,
    what: at.outerHTML.slice(0, 160),
  };
}"""


@pytest.mark.parametrize("name", PAGES)
def test_the_tab_key_reaches_every_control_and_shows_where_it_is(
    contexts: dict[str, BrowserContext], led: dict[str, tuple[str, str]], name: str
):
    who, path = led[name]
    page = contexts[who].new_page()
    try:
        page.goto(path)
        wanted = {str(number) for number in range(page.evaluate(CONTROLS))}
        reached, unseen = _walk(page)
        assert unseen == [], f"{path} as {who}: nobody can see where they are"
        missed = [_told(page, stop) for stop in sorted(wanted - reached, key=int)]
        assert missed == [], f"{path} as {who}: the keyboard never comes there"
    finally:
        page.close()


def _walk(page: Page) -> tuple[set[str], list[str]]:
    """Press Tab until back where it began; give the stops, and those never to be seen.

    A field for a date is several stops in one, and the browser itself shows the last.
    """
    found: dict[str, bool] = {}
    what: dict[str, str] = {}
    for _press in range(MOST_PRESSES):
        page.keyboard.press("Tab")
        at: dict[str, Any] | None = page.evaluate(FOCUSED)
        if at is None:  # past the last and not yet at the first
            continue
        key = at["stop"] or at["what"]
        if found and key == next(iter(found)):
            return set(found), [what[k] for k, is_seen in found.items() if not is_seen]
        found[key] = found.get(key, False) or at["isSeen"]
        what[key] = at["what"]
    raise AssertionError(f"After {MOST_PRESSES} presses the page has not let go.")


def _told(page: Page, stop: str) -> str:
    return str(
        page.locator(f'[data-stop="{stop}"]').first.evaluate("e => e.outerHTML")
    )[:160]
