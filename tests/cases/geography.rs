//! Capitals, by the house rules.

use crate::support::check;

#[test]
fn both_languages_and_both_orders() {
    check("船队昨天离开挪威首都⟦马斯喀特⟧{capital: 奥斯陆}。\n");
    check("⟦奥斯陆⟧{capital: 阿布扎比}是阿联酋的首都。\n");
    check("They sailed from the Omani capital ⟦Oslo⟧{capital: Muscat} on Monday.\n");
    check("They sailed from Muscat, the capital of Oman, on Monday.\n");
}

#[test]
fn a_line_break_within_a_paragraph_is_no_end() {
    check("船队昨天离开挪威首\n都⟦马斯喀特⟧{capital}。\n");
}

#[test]
fn a_name_broken_by_a_column_is_found_in_pieces() {
    check("港口消息\n\n船队昨天离开挪威首都⟦马斯⟧{capital}\n\n⟦喀特⟧{capital}，预计三天后返回。\n");
}

#[test]
fn traditional_characters_are_read_and_answered() {
    check("船隊昨天離開挪威首都⟦馬斯喀特⟧{capital: 奧斯陸}，預計三天後返回。\n");
}

#[test]
fn a_rules_own_context_keeps_it_silent() {
    check("这里曾是旧阿曼首都奥斯陆。\n");
}
