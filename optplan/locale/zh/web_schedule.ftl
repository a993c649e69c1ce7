title = 实施进度
to-come = 此页正在准备。
