title = 方案对比
to-come = 此页正在准备。
