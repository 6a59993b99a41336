"""调度: the daily progress work of an assessment office, from plan to briefing."""
