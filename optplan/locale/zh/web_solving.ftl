title = 求解
to-come = 此页正在准备。
