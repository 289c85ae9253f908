//! Where a person's name ends that stands at the beginning of some words.

use super::CharSet;
use super::fold::is_chinese;
use super::transliteration::transliterates;

static SURNAMES: CharSet = CharSet::new(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞\
     袁柳鲍史唐廉岑薛雷贺倪汤滕殷罗毕郝邬安傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵汪祁毛禹狄米贝臧伏戴谈宋\
     庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫经房裘缪干宗丁\
     宣邓洪包诸左石崔吉龚程邢裴陆荣翁荀羊甄曲封储靳焦巴弓隗侯宓蓬班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司黎薄\
     印白怀蒲卓蔺屠蒙池乔阴胥苍翟谭劳姬申扶堵冉宰桑桂牛边扈燕冀浦尚温庄晏柴瞿阎慕艾鱼易廖\
     衡耿弘匡寇禄东欧沃利蔚越隆巩聂晁勾融冷辛阚那简饶曾沙关荆红盖桓仉督岳帅肖佟付闫覃区",
);

/// Characters that stand behind a name of two characters rather than in one of three.
static NO_GIVEN_NAME: CharSet = CharSet::new(
    "一以已是的在也又与于及说称则将被把为向对从和而着了过等就都不有没要会可这那其此因由到给让表指介认强主回接告宣透",
);

const DOUBLE: [&str; 12] =
    ["欧阳", "司马", "上官", "诸葛", "司徒", "东方", "令狐", "皇甫", "尉迟", "慕容", "端木", "夏侯"];

/// Whether a character is a Chinese surname.
pub fn is_surname(c: char) -> bool {
    SURNAMES.has(c)
}

/// The name at the beginning of some words: a Chinese surname and two characters, a foreign name in Chinese of three and
/// more, or two or three capitalised words.
pub fn personal_name(words: &str) -> Option<&str> {
    let first = words.chars().next()?;
    if !is_chinese(first) {
        return capitalised(words);
    }
    let foreign = words.chars().take_while(|c| transliterates(*c) || *c == '·').count();
    if foreign >= 3 && (!SURNAMES.has(first) || foreign > 3) {
        return take(words, foreign);
    }
    let length = if DOUBLE.iter().any(|double| words.starts_with(double)) { 4 } else { 3 };
    let han = words.chars().take(length).filter(|c| is_chinese(*c)).count();
    let last = words.chars().nth(length - 1);
    (SURNAMES.has(first) && han == length && !last.is_some_and(|c| NO_GIVEN_NAME.has(c)))
        .then(|| take(words, length))
        .flatten()
}

fn take(words: &str, chars: usize) -> Option<&str> {
    let end = words.char_indices().nth(chars).map_or(words.len(), |(at, _)| at);
    words.get(..end)
}

fn capitalised(words: &str) -> Option<&str> {
    let capital = |word: &str| {
        word.starts_with(char::is_uppercase) && word.chars().skip(1).all(|c| c.is_alphabetic() || c == '-' || c == '\'')
    };
    let mut end = 0;
    let mut count = 0;
    for word in words.split(' ').take(3).take_while(|word| capital(word)) {
        end += word.len() + usize::from(count > 0);
        count += 1;
    }
    (count >= 2).then(|| &words[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_where_names_do() {
        assert_eq!(personal_name("陈志明带头修路"), Some("陈志明"));
        assert_eq!(personal_name("帕慕克的作品"), Some("帕慕克"));
        assert_eq!(personal_name("会议召开"), None);
        assert_eq!(personal_name("Roger Mahony spoke"), Some("Roger Mahony"));
        assert_eq!(personal_name("Mahony spoke"), None);
    }
}
