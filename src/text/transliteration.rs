//! The characters that write foreign names in Chinese. The same name is written with one or another of them by different
//! houses and at different times, so what looks like a slip of one character may be the custom of the house.

use super::CharSet;

static WRITES: CharSet = CharSet::new(
    "阿埃艾安昂敖奥巴拜班邦包鲍贝本比彼毕宾波玻伯勃博布采蔡策曾茨达戴丹当道德登邓狄迪蒂丁东杜敦多顿额厄恩尔发法凡范方菲\
     费芬丰夫弗伏福富盖甘冈高戈哥格根贡古瓜圭郭果哈海汉汗豪赫黑亨洪胡华怀惠霍基吉季济加贾简江姜杰金京久喀卡开凯坎康考\
     柯科克肯孔库夸奎昆阔拉腊莱赖兰朗劳勒雷蕾蕾累黎里理利莉丽连廉良列林琳龙隆卢鲁露伦罗洛吕马玛迈麦曼芒毛茂梅门蒙孟米\
     密缅敏明摩莫墨默姆木穆慕拿内那纳娜南瑙尼妮年涅宁纽农努诺欧帕派潘庞佩彭皮平坡普奇齐恰钱强乔切琴青丘琼让热日荣茹儒\
     瑞若撒萨塞赛三桑瑟森沙莎山珊尚绍舍申生圣盛施什史士舒朔司丝斯松苏索塔泰坦汤唐陶特滕提田廷亭通图托脱瓦娃万王旺威韦\
     维文翁沃乌武西希锡席夏香肖谢辛欣兴休雄许逊雅亚延扬杨耶叶伊依因英雍尤于宇约云赞扎詹张哲者珍芝治中朱朱兹祖佐",
);

/// Whether a character is used to write foreign names.
pub fn transliterates(c: char) -> bool {
    WRITES.has(c)
}

/// Characters for a consonant without a vowel, which one house writes and another leaves out: 博尔索纳罗, 博索纳罗.
static SILENT: CharSet = CharSet::new("尔特斯德克赫姆恩夫勒兹普伊耶");

/// Whether a character may be left out in another custom of writing the same name.
pub fn may_be_silent(c: char) -> bool {
    SILENT.has(c)
}

/// Characters of foreign names that begin hardly any word: a name that is followed by one goes on.
static NEVER_BEGINS: CharSet = CharSet::new("尔姆斯克拉维娃茨夫洛戈莫蒂诺耶奇勒涅娅莱琳莎萨鲁娜妮哈罗迪");

/// Whether a foreign name in front of the character goes on with it.
pub fn goes_on_with(c: char) -> bool {
    NEVER_BEGINS.has(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_customs_are_told_from_slips() {
        assert!("帕什尼扬阿拉格奇".chars().all(transliterates));
        assert!(!transliterates('室') && !transliterates('的'));
        assert!(may_be_silent('尔') && !may_be_silent('秋'));
    }
}
