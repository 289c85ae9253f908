//! The units that copy measures and counts in: a flat table.
//!
//! Factors are the definitions of the international yard and pound agreement of 1959 and of the SI brochure; 亩, 斤 and
//! 里 as the metric market units of 1929 that are still in force.

use super::{Dimension, Unit};
use Dimension::{Area, Count, Energy, Length, Mass, Power, Speed, Temperature, TemperatureChange, Volume};
use std::sync::LazyLock;

/// A unit and the ways it is written, in lower case and folded; in English with its plural.
pub(super) struct Written {
    pub(super) unit: Unit,
    pub(super) words: &'static [&'static str],
}

const fn measured(symbol: &'static str, dimension: Dimension, factor: f64, words: &'static [&'static str]) -> Written {
    Written { unit: Unit { symbol, dimension, family: symbol, factor, offset: 0.0 }, words }
}

const fn counted(symbol: &'static str, family: &'static str) -> Unit {
    Unit { symbol, dimension: Count, family, factor: 1.0, offset: 0.0 }
}

const CELSIUS: &[&str] = &[
    "摄氏度",
    "℃",
    "°c",
    "c",
    "degrees celsius",
    "degree celsius",
    "degrees-celsius",
    "degree-celsius",
    "degrees centigrade",
    "degrees c",
    "deg c",
    "deg. c",
    " celsius",
    " centigrade",
    "度",
    "degrees",
    "degree",
    "°",
];
const FAHRENHEIT: &[&str] = &[
    "华氏度",
    "℉",
    "°f",
    "f",
    "degrees fahrenheit",
    "degree fahrenheit",
    "degrees-fahrenheit",
    "degree-fahrenheit",
    "degrees f",
    "deg f",
    "deg. f",
    " fahrenheit",
    "degrees",
    "degree",
    "°",
];

/// Units of measurement. A word that stands in several rows may mean any of them: a ton is 907, 1,000 or 1,016 kilograms.
pub(super) static MEASURED: &[Written] = &[
    measured(
        "km",
        Length,
        1000.0,
        &["公里", "千米", "km", "kilometers", "kilometres", "kilometer", "kilometre", "kms", "klicks"],
    ),
    measured("m", Length, 1.0, &["米", "公尺", "meters", "metres", "meter", "metre", "m"]),
    measured(
        "cm",
        Length,
        0.01,
        &["厘米", "公分", "cm", "cms", "centimeters", "centimetres", "centimeter", "centimetre"],
    ),
    measured("mm", Length, 0.001, &["毫米", "公厘", "mm", "millimeters", "millimetres", "millimeter", "millimetre"]),
    measured("mi", Length, 1609.344, &["英里", "英哩", "哩", "迈", "miles", "mile", "mi", "mi."]),
    measured("nmi", Length, 1852.0, &["海里", "浬", "nautical miles", "nautical mile", "nmi", "sea miles"]),
    measured("ft", Length, 0.3048, &["英尺", "英呎", "呎", "feet", "foot", "ft", "ft."]),
    measured("in", Length, 0.0254, &["英寸", "英吋", "吋", "inches", "inch", "in", "in."]),
    measured("yd", Length, 0.9144, &["码", "yards", "yard", "yds", "yd"]),
    measured("fathom", Length, 1.8288, &["fathoms", "fathom"]),
    measured("尺", Length, 1.0 / 3.0, &["市尺"]),
    measured("里", Length, 500.0, &["华里", "里地", "里路"]),
    measured(
        "km²",
        Area,
        1e6,
        &[
            "平方公里",
            "平方千米",
            "square kilometers",
            "square kilometres",
            "square kilometer",
            "square kilometre",
            "square-kilometer",
            "square-kilometre",
            "sq km",
            "sq. km",
            "sq. kilometers",
            "km2",
            "km²",
        ],
    ),
    measured(
        "m²",
        Area,
        1.0,
        &[
            "平方米",
            "平米",
            "square meters",
            "square metres",
            "square meter",
            "square metre",
            "square-meter",
            "square-metre",
            "sq m",
            "sq. m",
            "sq meters",
            "m2",
            "平方公尺",
        ],
    ),
    measured("ha", Area, 1e4, &["公顷", "hectares", "hectare", "ha"]),
    measured("亩", Area, 10_000.0 / 15.0, &["亩"]),
    measured("ac", Area, 4_046.856_422_4, &["英亩", "acres", "acre"]),
    measured(
        "mi²",
        Area,
        2_589_988.110_336,
        &[
            "平方英里",
            "平方英哩",
            "square miles",
            "square mile",
            "square-mile",
            "sq miles",
            "sq. miles",
            "sq mi",
            "sq. mi",
        ],
    ),
    measured(
        "ft²",
        Area,
        0.092_903_04,
        &["平方英尺", "平方英呎", "平方呎", "square feet", "square foot", "square-foot", "sq ft", "sq. ft", "sq feet"],
    ),
    measured("yd²", Area, 0.836_127_36, &["平方码", "square yards", "square yard", "square-yard", "sq yards"]),
    measured("坪", Area, 3.305_785, &["坪"]),
    measured("顷", Area, 1e6 / 15.0, &["市顷"]),
    measured(
        "m³",
        Volume,
        1.0,
        &[
            "立方米",
            "cubic meters",
            "cubic metres",
            "cubic meter",
            "cubic metre",
            "cubic-meter",
            "cubic-metre",
            "cu m",
            "m3",
            "立方公尺",
        ],
    ),
    measured(
        "ft³",
        Volume,
        0.028_316_846_592,
        &["立方英尺", "立方呎", "cubic feet", "cubic foot", "cubic-foot", "cu ft"],
    ),
    measured("yd³", Volume, 0.764_554_857_984, &["立方码", "cubic yards", "cubic yard"]),
    measured("l", Volume, 0.001, &["升", "公升", "liters", "litres", "liter", "litre"]),
    measured("ml", Volume, 1e-6, &["毫升", "ml", "milliliters", "millilitres", "milliliter", "millilitre", "cc"]),
    measured("gal", Volume, 0.003_785_411_784, &["加仑", "gallons", "gallon"]),
    measured("gal", Volume, 0.004_546_09, &["加仑", "gallons", "gallon"]),
    measured("pt", Volume, 0.000_473_176_473, &["品脱", "pints", "pint"]),
    measured("pt", Volume, 0.000_568_261_25, &["品脱", "pints", "pint"]),
    measured("qt", Volume, 0.000_946_352_946, &["夸脱", "quarts", "quart"]),
    measured("bbl", Volume, 0.158_987_294_928, &["桶", "barrels", "barrel"]),
    measured("kg", Mass, 1.0, &["公斤", "千克", "kg", "kgs", "kilograms", "kilogrammes", "kilogram", "kilos", "kilo"]),
    measured("g", Mass, 0.001, &["克", "公克", "grams", "grammes", "gram"]),
    measured(
        "t",
        Mass,
        1000.0,
        &["吨", "公吨", "tonnes", "tonne", "metric tons", "metric ton", "metric tonnes", "tons", "ton"],
    ),
    measured("t", Mass, 907.184_74, &["短吨", "short tons", "short ton", "us tons", "u.s. tons", "tons", "ton"]),
    measured("t", Mass, 1_016.046_908_8, &["长吨", "long tons", "long ton", "tons", "ton"]),
    measured("mg", Mass, 1e-6, &["毫克", "mg", "milligrams", "milligrammes", "milligram"]),
    measured("st", Mass, 6.350_293_18, &["英石", "stone"]),
    measured("ct", Mass, 0.000_2, &["克拉", "carats", "carat"]),
    measured("lb", Mass, 0.453_592_37, &["磅", "pounds", "pound", "lbs", "lb", "lbs.", "lb."]),
    measured("oz", Mass, 0.028_349_523_125, &["盎司", "安士", "ounces", "ounce", "oz"]),
    measured("oz", Mass, 0.031_103_476_8, &["盎司", "安士", "ounces", "ounce", "troy ounces", "troy ounce"]),
    measured("斤", Mass, 0.5, &["斤", "市斤"]),
    measured("斤", Mass, 0.6, &["斤", "台斤"]),
    measured("斤", Mass, 0.604_789_82, &["斤", "司马斤"]),
    measured("担", Mass, 50.0, &["市担"]),
    measured(
        "km/h",
        Speed,
        1.0 / 3.6,
        &[
            "公里每小时",
            "千米每小时",
            "公里/小时",
            "千米/小时",
            "公里/时",
            "千米/时",
            "公里每时",
            "km/h",
            "kph",
            "kmph",
            "km per hour",
            "km an hour",
            "kilometers/hour",
            "kilometer per hour",
            "kilometre per hour",
            "kilometers-per-hour",
            "kilometer-per-hour",
            "kilometre-per-hour",
            "kilometers per hour",
            "kilometres per hour",
            "kilometers an hour",
            "kilometres an hour",
        ],
    ),
    measured(
        "mph",
        Speed,
        0.447_04,
        &[
            "英里每小时",
            "英里/小时",
            "哩每小时",
            "mph",
            "miles per hour",
            "miles an hour",
            "mile per hour",
            "mile an hour",
            "mile-per-hour",
            "miles-per-hour",
            "mile-an-hour",
            "mi/h",
        ],
    ),
    measured("kn", Speed, 1852.0 / 3600.0, &["节", "knots", "knot"]),
    measured(
        "m/s",
        Speed,
        1.0,
        &["米每秒", "米/秒", "m/s", "meters per second", "metres per second", "meters a second", "metres a second"],
    ),
    measured("ft/s", Speed, 0.3048, &["feet per second", "feet a second", "ft/s"]),
    Written {
        unit: Unit { symbol: "°C", dimension: Temperature, family: "temperature", factor: 1.0, offset: 273.15 },
        words: CELSIUS,
    },
    Written {
        unit: Unit {
            symbol: "°F",
            dimension: Temperature,
            family: "temperature",
            factor: 5.0 / 9.0,
            offset: 255.372_222_222_222_2,
        },
        words: FAHRENHEIT,
    },
    Written {
        unit: Unit { symbol: "°C", dimension: TemperatureChange, family: "temperature", factor: 1.0, offset: 0.0 },
        words: CELSIUS,
    },
    Written {
        unit: Unit {
            symbol: "°F",
            dimension: TemperatureChange,
            family: "temperature",
            factor: 5.0 / 9.0,
            offset: 0.0,
        },
        words: FAHRENHEIT,
    },
    measured("kWh", Energy, 3.6e6, &["千瓦时", "千瓦小时", "kwh", "kilowatt-hours", "kilowatt hours"]),
    measured("kW", Power, 1e3, &["千瓦", "kw", "kilowatts", "kilowatt"]),
    measured("MW", Power, 1e6, &["兆瓦", "mw", "megawatts", "megawatt"]),
];

/// A word for a unit.
#[derive(Clone, Copy)]
pub(super) struct UnitWord {
    pub(super) word: &'static str,
    pub(super) unit: &'static Unit,
    /// A measure word of things counted.
    pub(super) counted: bool,
}

/// The words for units with which a text may begin, in the order of the tables: a look at its first character leaves
/// few of hundreds.
pub(super) fn words_at(text: &[u8]) -> &'static [UnitWord] {
    static BY_HEAD: LazyLock<Vec<Vec<UnitWord>>> = LazyLock::new(|| {
        let mut by_head = vec![Vec::new(); HEADS];
        let measured =
            MEASURED.iter().flat_map(|written| written.words.iter().map(|word| (*word, &written.unit, false)));
        let counted = COUNTED.iter().map(|(word, unit)| (*word, unit, true));
        for (word, unit, counted) in measured.chain(counted) {
            by_head[head(word.as_bytes())].push(UnitWord { word, unit, counted });
        }
        by_head
    });
    &BY_HEAD[head(text)]
}

const HEADS: usize = 256;

/// The group of a text by its first character.
fn head(text: &[u8]) -> usize {
    match text {
        [first @ 0..0x80, ..] => usize::from(*first),
        [0x80..0xE0, second, ..] => 0x80 | usize::from(second & 0x7F),
        [_, second, third, ..] => 0x80 | usize::from((second ^ third << 1) & 0x7F),
        _ => 0,
    }
}

/// Chinese measure words and what they count. People are counted in several that may be added to each other.
pub(super) static COUNTED: &[(&str, Unit)] = &[
    ("人次", counted("人次", "人次")),
    ("辆次", counted("辆次", "辆次")),
    ("架次", counted("架次", "架次")),
    ("万人", counted("人", "person")),
    ("人", counted("人", "person")),
    ("名", counted("名", "person")),
    ("位", counted("位", "person")),
    ("口", counted("口", "person")),
    ("例", counted("例", "例")),
    ("起", counted("起", "起")),
    ("件", counted("件", "件")),
    ("间", counted("间", "间")),
    ("瓶", counted("瓶", "瓶")),
    ("盒", counted("盒", "盒")),
    ("箱", counted("箱", "箱")),
    ("袋", counted("袋", "袋")),
    ("包", counted("包", "包")),
    ("辆", counted("辆", "辆")),
    ("艘", counted("艘", "艘")),
    ("架", counted("架", "架")),
    ("枚", counted("枚", "枚")),
    ("颗", counted("颗", "颗")),
    ("项", counted("项", "项")),
    ("条", counted("条", "条")),
    ("场", counted("场", "场")),
    ("票", counted("票", "票")),
    ("席", counted("席", "席")),
    ("议席", counted("议席", "席")),
    ("家", counted("家", "家")),
    ("户", counted("户", "户")),
    ("套", counted("套", "套")),
    ("台", counted("台", "台")),
    ("只", counted("只", "只")),
    ("头", counted("头", "头")),
    ("匹", counted("匹", "匹")),
    ("册", counted("册", "册")),
    ("本", counted("本", "本")),
    ("部", counted("部", "部")),
    ("篇", counted("篇", "篇")),
    ("幅", counted("幅", "幅")),
    ("座", counted("座", "座")),
    ("栋", counted("栋", "栋")),
    ("幢", counted("幢", "幢")),
    ("所", counted("所", "所")),
    ("棵", counted("棵", "棵")),
    ("株", counted("株", "株")),
    ("张", counted("张", "张")),
    ("份", counted("份", "份")),
    ("片", counted("片", "片")),
    ("粒", counted("粒", "粒")),
    ("根", counted("根", "根")),
    ("双", counted("双", "双")),
    ("顶", counted("顶", "顶")),
    ("朵", counted("朵", "朵")),
    ("束", counted("束", "束")),
    ("盏", counted("盏", "盏")),
    ("卷", counted("卷", "卷")),
    ("封", counted("封", "封")),
    ("笔", counted("笔", "笔")),
    ("桌", counted("桌", "桌")),
    ("床", counted("床", "床")),
    ("具", counted("具", "具")),
    ("尊", counted("尊", "尊")),
    ("支", counted("支", "支")),
    ("队", counted("队", "队")),
    ("组", counted("组", "组")),
    ("批", counted("批", "批")),
    ("宗", counted("宗", "宗")),
    ("处", counted("处", "处")),
    ("块", counted("块", "块")),
    ("节", counted("节", "节")),
    ("层", counted("层", "层")),
    ("次", counted("次", "次")),
    ("趟", counted("趟", "趟")),
    ("列", counted("列", "列")),
    ("班", counted("班", "班")),
    ("门", counted("门", "门")),
    ("国", counted("国", "国")),
    ("个", counted("个", "个")),
    ("种", counted("种", "种")),
    ("类", counted("类", "类")),
    ("县", counted("县", "县")),
    ("村", counted("村", "村")),
    ("剂", counted("剂", "剂")),
    ("剂次", counted("剂次", "剂")),
    ("亿立方米", Unit { symbol: "m³", dimension: Volume, family: "m³", factor: 1e8, offset: 0.0 }),
];

/// Some unit of a dimension: what a trial evaluation is made with.
pub fn unit_of(dimension: Dimension) -> Option<&'static Unit> {
    let measured = MEASURED.iter().map(|written| &written.unit);
    measured.chain(COUNTED.iter().map(|(_, unit)| unit)).find(|unit| unit.dimension == dimension)
}

/// An amount of base units in the unit of a symbol or name.
pub fn convert(amount: f64, unit: &str) -> Option<f64> {
    let unit = unit.to_lowercase();
    let found = MEASURED
        .iter()
        .find(|written| written.unit.symbol.to_lowercase() == unit || written.words.contains(&unit.as_str()))?;
    Some((amount - found.unit.offset) / found.unit.factor)
}
