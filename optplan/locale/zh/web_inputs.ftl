title = 数据
to-come = 此页正在准备。
