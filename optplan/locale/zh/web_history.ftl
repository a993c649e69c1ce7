title = 历史
to-come = 此页正在准备。
