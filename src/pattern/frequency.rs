//! How often words occur in copy, roughly: a small table by which patterns choose their rarest anchor.
//!
//! Only the order of magnitude matters. Characters and words that are not listed count as rare. The figures are
//! rounded occurrences per million characters of general news copy.

use crate::fact::runs_on;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Common characters, most frequent first, with occurrences per million characters.
const CHARACTERS: &[(&str, f64)] = &[
    (" ", 160_000.0),
    ("的,", 35_000.0),
    ("。年国中日人在一月大", 12_000.0),
    ("是不有了和为这上个地以要发会出行来到成时生业、经新部高", 6_000.0),
    (
        "进工方对我全市开于多作说将与公下动主后民家现第报前记者力量电关社建华长美同自事产本之他从等还分机两外被得加及场称小最据表学其也平当理政府体总制区就子天都过法重外组员内能用可实展",
        3_000.0,
    ),
    (".'’-\"“”0123456789", 8_000.0),
    ("()《》:", 2_500.0),
    ("、", 10_000.0),
    ("—–;%$", 700.0),
];

/// Common English words, with occurrences per million characters: after the frequencies that SymSpell ships (MIT).
const WORDS: &[(f64, &str)] = &[
    (10_000.0, "the"),
    (5_000.0, "and of to"),
    (2_000.0, "a for in is"),
    (1_000.0, "are as at be by from i it not on or that this with you"),
    (500.0, "about all an but can free has have home if more my new one other our page search us was we will your"),
    (
        200.0,
        "also am any back been business click contact date day do email find first get had he health help here \
         his how information into its just like list may me name news no now online only out over people pm price \
         see service services site so some state than their there these they time top two up use view web were \
         what when which who would year",
    ),
    (
        100.0,
        "add address after american area available based because before being best between book books both buy \
         car city code comments community company copyright could county data days de design details development \
         did does down each ebay education end even family following forum found full game games general go good \
         great group her high him hotel hotels house info international internet item items jan january know last \
         life line links local long made mail make management many map member members message most much music \
         must national need network next number off office open order own part per phone place please policy post \
         posted power prices privacy product products program project public re read real related report research \
         reserved results review reviews right rights said same school section security send set sex she shipping \
         should show sign software south states store subject such support system take terms them then those \
         three through today total travel type under united university used user using version very video want \
         way website well where while within without women work world years",
    ),
    (
        50.0,
        "above access act added additional advanced again against age ago agreement air already always america \
         another applications april areas around association aug august australia author average away baby beach \
         become below better big bill board body box building calendar call called canada cars categories cell \
         central child children china class close club co collection college committee common companies complete \
         conditions conference content control cost costs council country course court current daily dec december \
         department director district document drive due during early east edition energy english event ever \
         every feb february federal few film five four france friends front further girls give given going gold \
         got government groups having head hosting hours ii important include includes including interest island \
         issue issues job jobs join july june keep key land large latest law least left less let level library \
         light limited listed little live london lot main making man march market media meeting memory men miles \
         mobile model month months movie net night north nov november oct october official old once options \
         original others paper park party past pay performance period person picture plan planning play point \
         powered present president press previous print problems provides put question questions quote range rate \
         rates rating recent record red region release return road run sale sales say says schools second select \
         self sell seller september series several share shop short side since single size small social something \
         space st staff start still stock stores story street student students study style sun sure table team \
         term things times title trade until users value visit war water week west why working works written yes \
         york young",
    ),
    (
        20.0,
        "accepted according across actually addition advertising advice agency airport almost along amazon among \
         animal animals annual answer answers anything approved artist artists asian asked authority award awards \
         bank bar base basic beginning behind bin born boy boys brand break bring british budget build built came \
         campus canadian capital career cases center centre century channel character charge chinese church \
         cities classes classic clear coast columbia comes coming commission completed complex considered \
         construction consumer copy core corporate corporation countries courses cover created cross currently \
         customers cut dating dead deal death decision deep die discount distance double driver drug earth effect \
         effective else employees england enough established european exchange executive expected extra face fact \
         fair fall families far farm fast fat father figure final finally fire flat force foreign former forms \
         forward french fri friday fund gas german germany gets getting girl global goes grand growth half heart \
         held higher hit hits hold holiday homes hospital host hour inc income increase increased india indian \
         inside instead instruments investment ireland islands italy itself japan japanese joined king kingdom \
         known late later lead leading led length letter likely lines located lord loss lost lower ltd magazine \
         makes manager manufacturer mark match maximum mean meet metal mexico middle military minimum minutes mon \
         monday morning mother mountain museum names near needed none northern notes numbers officer often oil \
         operating operation operations opinion orders organization output outside overall owner pacific package \
         paid panel parents parties partners pass patients percent places plans plant player players plus points \
         police political poor population port presented production programme projects protection publication \
         published race rated rather reading reason receive received recently regional registered released \
         reported republic requirements resolution response rest restaurants returns ring river role rooms rule \
         running sample sat saturday score screen sea season secure senior sent session sets ship ships shown \
         simple six skills someone son songs soon sources southern spain spanish speed spring stage started \
         starting station stay strong subjects success summer sunday surface taken takes taking target teacher \
         teachers teaching teens telephone third throughout thursday together told took topics tour town \
         traditional traffic trial trip true tuesday turn union units unknown uses usually valid values various \
         via volume vote wanted warning ways wed wedding wednesday weeks went western whole wide wife win wine \
         winter woman words workers worldwide worth writing wrote",
    ),
    (2.0, "doubled"),
    (0.5, "doubling tripled halved"),
    (0.2, "tripling trebled quadrupled halving twofold threefold fourfold fivefold tenfold"),
    (0.1, "quintupled sixfold sevenfold eightfold ninefold"),
];

/// Common pairs of Han characters within words, with occurrences per million characters: after the frequencies of words
/// that jieba ships (MIT).
const PAIRS: &[(f64, &str)] = &[
    (2_000.0, "一个 中国 人民"),
    (1_000.0, "什么 他们 代表 全国 发展 可以 国家 工作 我们 没有 自己"),
    (
        500.0,
        "一些 一种 不同 不是 不能 世界 中央 主义 主要 人大 企业 公司 关系 其中 决定 出来 北京 \
         历史 可能 同时 员会 因为 国人 地区 地方 大会 大学 天安 如果 委员 学生 学院 安门 工业 \
         已经 开始 情况 成为 所以 技术 政府 政治 教育 文化 方面 时候 时间 武汉 民代 民族 湖北 \
         现在 生产 生活 知道 石首 研究 社会 第一 管理 组织 经济 美国 自治 行政 表大 起来 这个 \
         这些 这样 这种 进行 通过 部分 重要 问题 革命 领导",
    ),
    (
        200.0,
        "一下 一切 一声 一定 一样 一次 一步 一点 一直 一般 一起 上海 下来 不会 不可 不得 不断 \
         不知 不要 不过 专业 世纪 东西 两个 中华 中心 为了 主任 主席 举行 之一 之后 之间 事情 \
         二十 产品 产生 人们 人口 人员 亿元 今天 以上 以及 以后 价值 任何 任务 会主 会议 但是 \
         位于 作为 作用 你们 使用 保护 信息 先生 先进 公里 共产 共和 其他 具有 内容 军事 农业 \
         准备 出现 分别 制度 务委 务院 劳动 包括 北省 十分 华人 单位 原来 参加 发现 发生 变化 \
         各种 各级 合作 和国 因此 国内 国务 国民 国际 城市 基本 基础 增加 增长 外交 大家 如何 \
         如此 委会 存在 学校 孩子 完全 完成 实现 实行 实际 对于 工程 市场 常务 常委 平方 年代 \
         应该 建立 建筑 建设 开发 当时 形式 形成 影响 得到 心中 必须 怎么 思想 我国 或者 战争 \
         所有 执行 投资 报告 提供 提出 提高 改革 政体 政策 新闻 方式 方法 旅游 日本 时期 最后 \
         最大 最高 有些 有人 有关 服务 期间 机关 机构 条件 根据 检察 比较 民主 民共 民政 汉市 \
         治区 法律 活动 然后 特别 环境 现代 理论 甚至 由于 百科 皇帝 目前 直接 科学 科技 称为 \
         突然 第二 精神 系统 组成 经过 结构 统一 统治 继续 编辑 群众 而且 职业 联合 能力 自然 \
         艺术 英国 获得 虽然 表现 表示 要求 规定 规模 觉得 解放 计划 认为 记者 许多 设计 说道 \
         负责 资本 资源 达到 过去 过程 运动 还有 这么 这里 进入 选举 那个 那么 那些 部门 长江 \
         集团 需要 非常 面积",
    ),
    (
        100.0,
        "一位 一句 一天 一家 一年 一条 一部 三个 三十 不仅 不到 不少 专家 东北 东南 个人 中学 \
         中间 主持 之中 之前 书记 了解 事件 二人 交部 产业 产党 产量 人士 人数 今年 今日 介绍 \
         从而 以下 以前 以来 价格 传统 位置 作品 保持 儿子 兄弟 先后 全市 全省 全部 全面 公元 \
         公园 公民 公路 共同 其它 农民 决议 减少 几乎 出口 出版 分为 分子 分布 分析 分钟 创造 \
         利用 制造 功能 动力 动物 化学 北部 区域 医院 十二 十五 十年 千米 南京 南北 南部 卫生 \
         印度 原则 原因 参与 双方 反对 发布 发表 发言 取得 受到 另外 只要 召开 司令 各地 同志 \
         后来 告诉 商业 回答 因素 国共 国防 土地 地理 坚持 城楼 处理 多数 大利 天下 太阳 夫人 \
         如今 学习 学家 安排 实施 实验 宣布 宪法 家庭 察院 导弹 小时 小说 尤其 就是 居民 展开 \
         州市 工人 左右 市长 干部 平均 开放 当地 当年 德国 心理 总理 总统 恢复 意见 成功 成立 \
         战略 所谓 扩大 批准 找到 拥有 指出 指导 指挥 接受 控制 措施 支持 收入 政区 教授 数学 \
         整个 文学 文章 方案 方米 时代 明显 显示 普通 更加 有效 本级 机场 机械 材料 来到 标准 \
         植物 正式 正是 武器 武昌 武装 每年 比赛 毕业 汽车 法国 法院 海军 消费 清楚 爱国 特殊 \
         特点 独立 理学 生物 用于 用户 电子 电视 电话 目标 直辖 相对 相当 离开 秘书 稳定 第三 \
         系列 终于 经营 结束 结果 综合 罗斯 美元 股东 胜利 自由 航空 苏联 英雄 著名 行业 行动 \
         西北 西南 西方 言人 训练 设立 调整 调查 贡献 货币 贸易 资产 起义 超过 辖市 迅速 还是 \
         这位 进攻 通常 速度 造成 部长 采用 重新 重点 铁路 银行 销售 队伍 阶段 附近 除了 音乐 \
         项目 领域 首先 香港 高级",
    ),
    (
        50.0,
        "一半 一只 一名 一场 一座 一批 一把 一段 丈夫 上述 下午 下降 不好 不足 东方 东部 中部 \
         主张 之外 习惯 书长 五年 交易 产值 京市 亲自 任期 优势 作者 例如 便是 俄罗 保障 儿童 \
         元前 元年 全体 全球 公共 公安 公布 关键 内外 再次 分配 刚刚 创作 创新 利亚 利润 制作 \
         加上 加入 加工 医学 十四 协议 博物 即使 原子 去年 又称 发出 发区 发射 发达 只有 各个 \
         各国 各项 同学 同意 品种 哲学 唯一 四大 四川 回到 因而 固定 在于 地球 地面 培训 境内 \
         处于 多次 大事 大哥 大型 大战 大臣 天津 天然 太后 失败 女儿 女子 女性 妇女 妻子 媒体 \
         审议 家族 对外 导人 导致 将军 小学 少年 尚书 就业 属于 山东 工资 带来 年底 年间 广东 \
         建成 开展 弟子 强烈 强调 录取 彻底 志愿 快速 想起 意大 成员 成绩 所在 手机 投入 投票 \
         担任 持续 接着 推进 攻击 教师 数量 文件 文字 文物 方公 日子 早已 明代 昨天 晚上 曾经 \
         最终 朝鲜 条约 来源 来自 构成 核心 检查 森林 正在 每个 每天 比例 比如 河南 流通 海拔 \
         海洋 游客 湖南 物理 物馆 特征 王朝 现实 生于 电影 的话 省级 石油 矿产 研制 破坏 确定 \
         社区 空中 空军 空间 突出 立刻 立即 第四 类型 粮食 纪念 经历 经理 统计 网站 罗马 老人 \
         老师 老板 职工 股份 至少 良好 董事 西部 规划 证券 资金 距离 软件 连续 逐步 遗址 重庆 \
         金属 限制 随后 预算 风景 飞行 食品 首都 高度 黄金",
    ),
];

/// English words that are not listed, by their letters: one, two or three, and more.
const OTHER_WORDS: [f64; 3] = [2_000.0, 30.0, 1.5];
/// A pair of Han characters that is not listed.
const OTHER_PAIR: f64 = 8.0;
/// A character that is not listed.
const OTHER_CHARACTER: f64 = 300.0;
/// How much rarer a sign is with a space beside it, which is none of Chinese.
const BESIDE_SPACE: f64 = 0.3;
/// How much rarer a literal is for each sign beside its words.
const EACH_SIGN_MORE: f64 = 0.4;
/// How much rarer a run of Han characters is for each character beyond the second.
const EACH_HAN_MORE: f64 = 0.33;

/// Estimated occurrences of a literal per million characters: its rarest word, rarer with every further one and with the
/// signs beside it. Spaces go with words, and say nothing.
pub(crate) fn per_million(literal: &str) -> f64 {
    let (mut words, mut signs): (Vec<f64>, Vec<f64>) = Default::default();
    let mut word = String::new();
    let mut han: Vec<char> = Vec::new();
    for c in literal.chars().chain([' ']) {
        if runs_on(c) {
            word.push(c);
        } else if !word.is_empty() {
            words.push(of_word(&std::mem::take(&mut word)));
        }
        if is_han(c) {
            han.push(c);
        } else if !han.is_empty() {
            words.push(of_han(&std::mem::take(&mut han)));
        }
        if !runs_on(c) && !is_han(c) && c != ' ' {
            signs.push(of_character(c));
        }
    }
    let rarest = |parts: &[f64]| parts.iter().copied().min_by(f64::total_cmp);
    let (least, more) = match (rarest(&words), rarest(&signs)) {
        (Some(word), Some(sign)) => (word.min(sign), EACH_SIGN_MORE.powi(signs.len() as i32)),
        (Some(word), None) => (word, 1.0),
        (None, Some(sign)) => {
            let spaced = if literal.contains(' ') { BESIDE_SPACE } else { 1.0 };
            (sign, spaced * EACH_SIGN_MORE.powi(signs.len() as i32 - 1))
        }
        (None, None) => return if literal.is_empty() { 1e6 } else { of_character(' ') },
    };
    let further = words.len().saturating_sub(1) as i32;
    // Parts of one literal are far from independent: a tenth for the second, a third for each one after it.
    least * more * if further > 0 { 0.1 * 0.33f64.powi(further - 1) } else { 1.0 }
}

/// A table by its words.
fn by_word(table: &'static [(f64, &'static str)]) -> HashMap<&'static str, f64> {
    table.iter().flat_map(|(often, words)| words.split_whitespace().map(|word| (word, *often))).collect()
}

fn of_word(word: &str) -> f64 {
    static BY_WORD: LazyLock<HashMap<&str, f64>> = LazyLock::new(|| by_word(WORDS));
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return 4_000.0 / word.len() as f64;
    }
    let unlisted = || match word.chars().count() {
        1 => OTHER_WORDS[0],
        2 | 3 => OTHER_WORDS[1],
        _ => OTHER_WORDS[2],
    };
    BY_WORD.get(word).copied().unwrap_or_else(unlisted)
}

/// A run of Han characters: its rarest pair, and rarer the longer it is.
fn of_han(run: &[char]) -> f64 {
    static BY_PAIR: LazyLock<HashMap<&str, f64>> = LazyLock::new(|| by_word(PAIRS));
    let pairs =
        run.windows(2).map(|pair| BY_PAIR.get(&*pair.iter().collect::<String>()).copied().unwrap_or(OTHER_PAIR));
    match pairs.min_by(f64::total_cmp) {
        Some(rarest) => rarest * EACH_HAN_MORE.powi(run.len() as i32 - 2),
        None => run.iter().map(|c| of_character(*c)).sum(),
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}')
}

fn of_character(c: char) -> f64 {
    CHARACTERS.iter().find(|(set, _)| set.contains(c)).map_or(OTHER_CHARACTER, |(_, often)| *often)
}

#[cfg(test)]
mod tests {
    use super::per_million;

    #[test]
    fn rarer_words_count_less() {
        assert!(per_million("首都") < per_million("的"));
        assert!(per_million(" capital") < per_million(", "));
        assert!(per_million("的首都") < per_million("首都"));
        assert!(per_million(", oman") < per_million(", "));
    }
}
