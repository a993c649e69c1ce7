# 规划里常用的单位
people = 人
vehicles = 辆
kilometres = 公里
metres = 米
square-metres = 平方米
mu = 亩
hectares = 公顷
yuan = 元
thousand-yuan = 千元
wan-yuan = 万元
million-yuan = 百万元
hundred-million-yuan = 亿元
people-per-100000 = 人/10万人
yuan-per-hundred-million-yuan = 元/亿元
