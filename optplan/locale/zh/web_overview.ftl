title = 总览
to-come = 此页正在准备。
