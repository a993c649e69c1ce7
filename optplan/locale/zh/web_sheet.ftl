search = 在本表中查找
cell = 输入
lost = 粘贴的内容超出了表格可填的范围，有 %1 个数没有放进去：%2
found = 找到 %1 行，共 %2 行
no-place = 有 { $number } 处输入所在的行已经不在表中，没有采用：{ $texts }
filter = 按“%1”筛选
all = （全部）
