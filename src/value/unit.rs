//! The units that copy measures and counts in: a flat table.
//!
//! Factors are the definitions of the international yard and pound agreement of 1959 and of the SI brochure; 亩, 斤 and
//! 里 as the metric market units of 1929 that are still in force.

use super::{Dimension, Unit};
use Dimension::{Area, Count, Energy, Length, Mass, Power, Speed, Temperature, Volume};

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

/// Units of measurement.
pub(super) static MEASURED: &[Written] = &[
    measured(
        "km",
        Length,
        1000.0,
        &["公里", "千米", "km", "kilometers", "kilometres", "kilometer", "kilometre", "kms"],
    ),
    measured("m", Length, 1.0, &["米", "公尺", "meters", "metres", "meter", "metre", "m"]),
    measured("cm", Length, 0.01, &["厘米", "公分", "cm", "centimeters", "centimetres", "centimeter", "centimetre"]),
    measured("mm", Length, 0.001, &["毫米", "mm", "millimeters", "millimetres", "millimeter", "millimetre"]),
    measured("mi", Length, 1609.344, &["英里", "miles", "mile", "mi"]),
    measured("nmi", Length, 1852.0, &["海里", "浬", "nautical miles", "nautical mile"]),
    measured("ft", Length, 0.3048, &["英尺", "feet", "foot", "ft"]),
    measured("in", Length, 0.0254, &["英寸", "inches", "inch"]),
    measured("yd", Length, 0.9144, &["yards", "yard"]),
    measured("里", Length, 500.0, &["华里"]),
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
            "sq km",
        ],
    ),
    measured(
        "m²",
        Area,
        1.0,
        &["平方米", "平米", "square meters", "square metres", "square meter", "square metre", "sq m"],
    ),
    measured("ha", Area, 1e4, &["公顷", "hectares", "hectare", "ha"]),
    measured("亩", Area, 10_000.0 / 15.0, &["亩"]),
    measured("ac", Area, 4_046.856_422_4, &["英亩", "acres", "acre"]),
    measured("mi²", Area, 2_589_988.110_336, &["平方英里", "square miles", "square mile", "sq miles"]),
    measured("ft²", Area, 0.092_903_04, &["平方英尺", "square feet", "square foot", "sq ft"]),
    measured("m³", Volume, 1.0, &["立方米", "cubic meters", "cubic metres", "cubic meter", "cubic metre"]),
    measured("l", Volume, 0.001, &["升", "liters", "litres", "liter", "litre"]),
    measured("gal", Volume, 0.003_785_411_784, &["加仑", "gallons", "gallon"]),
    measured("bbl", Volume, 0.158_987_294_928, &["桶", "barrels", "barrel"]),
    measured("kg", Mass, 1.0, &["公斤", "千克", "kg", "kgs", "kilograms", "kilogrammes", "kilogram", "kilos", "kilo"]),
    measured("g", Mass, 0.001, &["克", "grams", "grammes", "gram"]),
    measured("t", Mass, 1000.0, &["吨", "公吨", "tonnes", "tonne", "metric tons", "metric ton"]),
    measured("lb", Mass, 0.453_592_37, &["磅", "pounds", "pound", "lbs", "lb"]),
    measured("oz", Mass, 0.028_349_523_125, &["盎司", "ounces", "ounce", "oz"]),
    measured("斤", Mass, 0.5, &["斤"]),
    measured(
        "km/h",
        Speed,
        1.0 / 3.6,
        &[
            "公里每小时",
            "千米每小时",
            "公里/小时",
            "km/h",
            "kph",
            "kilometers per hour",
            "kilometres per hour",
            "kilometers an hour",
            "kilometres an hour",
        ],
    ),
    measured("mph", Speed, 0.447_04, &["英里每小时", "mph", "miles per hour", "miles an hour"]),
    measured("kn", Speed, 1852.0 / 3600.0, &["节", "knots", "knot"]),
    measured("m/s", Speed, 1.0, &["米每秒", "米/秒", "m/s", "meters per second", "metres per second"]),
    Written {
        unit: Unit { symbol: "°C", dimension: Temperature, family: "temperature", factor: 1.0, offset: 273.15 },
        words: &["摄氏度", "℃", "°c", "degrees celsius", "degree celsius", " celsius", "度"],
    },
    Written {
        unit: Unit {
            symbol: "°F",
            dimension: Temperature,
            family: "temperature",
            factor: 5.0 / 9.0,
            offset: 255.372_222_222_222_2,
        },
        words: &["华氏度", "℉", "°f", "degrees fahrenheit", "degree fahrenheit", " fahrenheit"],
    },
    measured("kWh", Energy, 3.6e6, &["千瓦时", "千瓦小时", "kwh", "kilowatt-hours", "kilowatt hours"]),
    measured("kW", Power, 1e3, &["千瓦", "kw", "kilowatts", "kilowatt"]),
    measured("MW", Power, 1e6, &["兆瓦", "mw", "megawatts", "megawatt"]),
];

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
