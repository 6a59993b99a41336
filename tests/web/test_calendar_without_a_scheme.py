"""Before there is anything to publish, the calendar page says what to do."""

from tests.web.browser import PHONE, Visitor


def test_without_a_scheme_the_page_says_how_to_get_one(visitor: Visitor) -> None:
    page = visitor.look("/", PHONE)
    page.get_by_role("link", name="报送日历").click()
    assert "请先导入：diaodu plan import" in page.get_by_role("alert").inner_text()
