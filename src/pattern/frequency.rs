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

/// Common English words, with occurrences per million characters.
const WORDS: &[(f64, &str)] = &[
    (10_000.0, "the"),
    (5_000.0, "a and in of to"),
    (2_000.0, "for is it s said that"),
    (1_000.0, "are as at be by from has have he on was will with"),
    (
        500.0,
        "about also an been but had his its mln more new not one or says their there they this up we were which \
         who would year",
    ),
    (
        200.0,
        "after all any april bank because billion can company could dlrs do first government if into just last \
         like march market may most mr no now only other out over pct people she so some state than them three \
         time two us vs what when world years you",
    ),
    (
        100.0,
        "added against american another around australia australian back before being between both business \
         called city co corp country court cts day did don down during each end even expected federal five \
         foreign found four general get go going good group half help her high him home how inc including \
         industry interest international long loss made make many million minister month months much national \
         need net next number off oil our own part per president price prices public re report research sales \
         same say see set share shares should since six source south states still stock such system take tax team \
         then these think those through today told too trade under united university use used ve very water way \
         week well where while work york",
    ),
    (
        50.0,
        "access according across additional again agency ago agreed almost along already america among announced \
         annual area areas asked association attack average away banks based become best big biggest bill board \
         body britain british budget call came capital cent central chairman chief children china clear close \
         come commission committee common companies compared conference control cost costs council countries \
         current currently cut days deal december decision department director does domestic dr due earlier early \
         east economic economy eight election england enough european ever every exchange executive fact fall far \
         farmers february fell few film final firm following force former free friday full further future game \
         games getting give given global got grain great growers growth having head held here higher hit house \
         however include increase increased investment issue issues january japanese john june keep key know \
         known labour large late later latest law lead leader least led left less level life likely line little \
         ll local london lost lot lower ltd major making man manager media meeting member members men might \
         monday money mrs my nations near needed news night north office official often old once online open \
         others party past pay percent period place plan plans play point points police prime problems production \
         professor profit program project put quarter range rate rates really received recent record reported \
         researchers response right rise rose run sale saturday scientists season second secretary senior series \
         service services seven several short show side small social sold spokesman start strong study sunday \
         support taken taking technology term th things third thursday times took top total trading trump union \
         until value vote wales want war washington wednesday weeks went west western wheat whether win within \
         without women won workers yesterday your",
    ),
    (
        20.0,
        "above act actually adding addition age ahead airlines always am animals appeared approval approved \
         attacks award ball became began begin beginning behind below book bought brazil break bring brought \
         building built calls canada canadian captain cars cases caused center centre century chancellor charges \
         chinese church class closed coast code comes coming completed concern conditions confirmed congress \
         continued couple course created crops crude currency customers daily date death debate decided declined \
         defense deficit democratic described died district doesn double driving drop dropped drought drug \
         earnings earth eastern effect effective effort employees ended estimated event expects exports extra \
         face failed fight fire firms fiscal forecast forward fourth france french fuel gain gas gave german \
         germany giant giving goal gold gone governor grand groups happened heart heavy himself hold holding \
         hopes hour hours immediately imports includes income increasing india industries inside internet ireland \
         island itself judge july justice killed land largest launch launched leading legislation light limited \
         live losses main majority makes mark match measures meet met mexico mid miles military minutes model \
         morning moved named nation nearly northern november nuclear oct october offering officer opened opening \
         operating opposition options original output outside overall owned pacific package paid paper parliament \
         performance person picture placed planned plant plants played player players plus poor population \
         powerful pre preferred present presidential press previous produced product profits proposals protection \
         published push questions race raise raised reach reached read receive red region related release \
         released remain remains republican rest return rights rising river road ruling running rural russia \
         russian scheduled schools sea self sell selling senate sent september shareholders shot signed sir size \
         soon southern soviet speech spent spread st staff started stay story street strike students success \
         summer sun sure takes target territory tests title tomorrow tory toward towards town trial tuesday turn \
         turned type users version via vice victory view visit voters wants warned ways website weekend whole \
         whose wide wine winning winter woman words worked works worth zealand",
    ),
    (2.0, "doubled"),
    (0.5, "doubling tripled halved"),
    (0.2, "tripling trebled quadrupled halving twofold threefold fourfold fivefold tenfold"),
    (0.1, "quintupled sixfold sevenfold eightfold ninefold"),
];

/// Common pairs of Han characters, with occurrences per million characters.
const PAIRS: &[(f64, &str)] = &[
    (5_000.0, "中国"),
    (2_000.0, "中央 全国 发展 合作 国家 建设 近平"),
    (
        1_000.0,
        "世界 两国 主席 书记 产业 人民 今天 今年 代表 企业 会议 全球 全面 共同 关系 创新 加强 \
 国人 国际 地区 增长 工作 我国 持续 推动 推进 服务 社会 经济 美国 表示 重要",
    ),
    (
        500.0,
        "一个 一步 不断 中共 中华 中心 中方 主义 举行 二十 交流 人员 人大 亿元 代化 以来 以色 \
 任务 伊朗 会主 体系 作出 促进 俄罗 保护 保障 党的 共中 关于 其中 制造 加快 务院 北京 \
 历史 发布 取得 各地 同志 同时 同比 员会 和平 国务 坚定 坚持 城市 基础 大会 委员 媒体 \
 学习 安全 完成 实施 实现 工业 工程 市场 常委 平总 开展 开放 强调 当地 思想 总书 总理 \
 总统 愿同 成果 我们 战略 技术 投资 报告 报道 指出 提供 提出 提升 支持 改革 政府 政治 \
 政策 教育 数据 文化 文明 斯坦 新时 新的 方面 时代 时间 智能 核心 比增 民族 水平 活动 \
 消费 深入 深化 特色 环境 现代 生产 的一 的重 目前 目标 研究 科学 科技 积极 稳定 第一 \
 管理 精神 系统 组织 继续 罗斯 群众 联合 能源 色列 落实 行动 要求 规模 记者 设施 质量 \
 贯彻 贸易 超过 进一 进行 通过 部门 重大 重点 量发 问题 项目 领域 领导 高质",
    ),
    (
        200.0,
        "一体 一带 一批 一次 一路 一道 万人 万亿 上午 上海 上的 下午 业的 两个 严重 个国 个月 \
 丰富 为中 为核 主要 主题 举办 举措 乌克 乌军 乡村 了一 了解 事业 五五 交通 产品 人们 \
 人士 人工 人才 人机 人次 人类 他们 代中 以上 以习 以军 以及 优势 优化 伙伴 会上 会见 \
 伟大 传统 伴关 作为 作用 作的 使用 俄军 保持 信息 倡议 假期 做好 健康 充分 克兰 党中 \
 全会 全部 公司 公里 共产 共和 共建 共识 关键 具有 军事 农业 农村 决定 出了 出口 出席 \
 出现 出的 分别 创造 利亚 利用 利益 制度 力量 加沙 努力 勒斯 包括 化的 区域 区的 医疗 \
 十五 十四 十大 升级 华民 南部 卫生 原则 去年 参与 参加 友好 双方 发射 发挥 发生 发表 \
 召开 可以 各国 合国 同中 同体 启动 周年 命运 和国 四届 团结 围绕 国共 国内 国国 国式 \
 国政 国特 国的 国经 国防 在中 在北 地带 地方 基地 基本 增加 增强 声明 复兴 外交 多个 \
 多地 大学 大家 大的 央政 奋斗 始终 委会 完善 实践 审议 宣布 家主 导人 就业 居民 届全 \
 展的 工智 已经 巴勒 希望 带一 带来 席习 干部 平主 平台 平同 年以 年来 年的 广大 应对 \
 应急 建成 建立 开始 开幕 式现 引领 强化 强国 当天 形成 影响 德国 心的 总台 恢复 情况 \
 意义 意见 成为 成功 成员 成就 截至 打击 打造 扩大 技创 指导 据显 措施 提高 收入 政协 \
 数字 新疆 新能 新闻 方向 方式 方愿 旅客 旅游 无人 日前 日在 日本 日称 春节 是一 是中 \
 显示 更加 更多 更好 更新 最大 最高 有关 有效 期间 未来 机制 机构 李强 来自 构建 标准 \
 次会 欢迎 正在 正式 武装 死亡 民主 民生 汽车 沙地 没有 治局 治理 浙江 游客 物流 特别 \
 现了 理论 生态 生活 电视 的中 的二 的全 的发 的国 的新 相互 相关 础设 确保 空间 突破 \
 第二 第十 等地 等多 等方 等领 粮食 系列 累计 结合 统一 维护 综合 绿色 网络 能力 自然 \
 航天 航空 良好 色社 草案 行业 行的 袭击 装备 规划 解决 计划 讲话 论坛 设备 访问 调查 \
 负责 贡献 责任 资源 资金 达到 运共 运动 运行 运输 近日 这一 这个 这是 进中 进入 进出 \
 造业 造成 道路 部分 部署 部长 部队 金融 针对 铁路 银行 防部 集中 集团 需求 需要 面积 \
 革命 预计 风险 首次 香港 高度 高水",
    ),
    (
        100.0,
        "一些 一代 一大 一天 一年 一条 一起 上升 上半 下降 不同 专业 专家 世纪 东北 东部 两岸 \
 中小 中的 中美 为了 主任 主体 主党 主持 之一 之间 也是 书长 事件 事故 互联 交易 交部 \
 产量 人口 今晚 介绍 仪式 价格 会堂 会谈 传承 位于 体的 作者 停火 儿童 元首 先生 先进 \
 党员 入学 全体 公共 公园 公布 公路 共享 其他 养老 内的 再次 军方 农民 出版 别是 到了 \
 副总 功能 动力 劳动 北部 医院 十年 半年 单位 卫星 印尼 双边 反对 发现 发言 受伤 受灾 \
 口岸 各项 同期 后的 吸引 售额 商业 四五 四川 国和 国有 在一 在全 在这 地时 地震 场景 \
 培训 处理 外贸 多的 大利 大力 大国 大型 天津 天然 如今 季度 学校 学生 学院 安排 定的 \
 实际 实验 客流 家庭 家电 对话 导弹 将于 将在 小时 小麦 就是 展开 山东 峰会 左右 巩固 \
 幕式 平均 年前 年是 广东 广西 建交 建筑 开发 当前 得到 快速 总体 总值 成了 成立 战争 \
 所有 执行 投入 指挥 挑战 接受 控制 推出 播出 改造 效率 救援 数量 整体 文物 文章 新中 \
 新型 新增 新春 新高 方米 时期 昨天 最新 有一 本届 机场 机械 材料 条件 来到 来的 根据 \
 检察 检查 武器 每年 比上 比赛 民众 民大 民政 气象 江苏 沟通 河北 河南 法国 注入 海南 \
 深度 湖南 澳大 澳门 然气 现在 现场 甘肃 生物 生的 电子 电影 的人 的成 的战 的是 的第 \
 的领 直接 研发 确定 社区 秘书 稳步 空袭 突出 立了 第三 签署 紧急 纪念 组成 经过 结束 \
 结果 美元 美军 考察 职工 联网 联邦 聚焦 胜利 自主 自己 自治 自由 艺术 节日 英国 获得 \
 行了 行政 表演 西部 要的 覆盖 规定 认为 议会 设立 设计 谈判 责人 货物 走进 起来 达成 \
 过去 迎来 运营 还有 这些 这里 连续 选举 遗产 重庆 销售 队伍 阶段 附近 零售 顺利 飞行 \
 首都 高校 高铁",
    ),
    (
        50.0,
        "一季 一家 不少 五年 京市 人数 先后 全年 全省 公安 出台 分钟 加值 加拿 动员 印发 印度 \
 参观 史性 国会 土地 在人 在的 多国 大使 天员 官兵 客运 少年 展览 工厂 己的 巴西 市民 \
 平方 年同 年底 年度 庆祝 开创 引发 得了 志愿 总额 意大 成绩 成都 批准 抵达 拿大 文旅 \
 景区 最后 村民 水利 法院 海洋 消防 港口 湖北 用于 眼下 第四 线路 至今 至少 补贴 西方 \
 要素 贵州 轨道 转移 这种 进口 进攻 通信 部的 都是 量的 间的 青海 面的 首个",
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
