axis-share = 占目标的比例
axis-year = 年份
