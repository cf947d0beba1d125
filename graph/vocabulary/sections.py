"""Sections of the national classification of economic activities, GB/T 4754—2017."""

from graph.vocabulary.term import Term


class Section(Term):
    """A section; the value is its letter."""

    A = "A", "农、林、牧、渔业", "agriculture, forestry, animal husbandry and fishery"
    B = "B", "采矿业", "mining"
    C = "C", "制造业", "manufacturing"
    D = "D", "电力、热力、燃气及水生产和供应业", "electricity, heat, gas and water"
    E = "E", "建筑业", "construction"
    F = "F", "批发和零售业", "wholesale and retail trade"
    G = "G", "交通运输、仓储和邮政业", "transport, storage and post"
    H = "H", "住宿和餐饮业", "hotels and catering"
    I = "I", "信息传输、软件和信息技术服务业", "information technology"  # noqa: E741
    J = "J", "金融业", "finance"
    K = "K", "房地产业", "real estate"
    L = "L", "租赁和商务服务业", "leasing and business services"
    M = "M", "科学研究和技术服务业", "scientific research and technical services"
    N = "N", "水利、环境和公共设施管理业", "water, environment and public facilities"
    O = "O", "居民服务、修理和其他服务业", "household services and repair"  # noqa: E741
    P = "P", "教育", "education"
    Q = "Q", "卫生和社会工作", "health and social work"
    R = "R", "文化、体育和娱乐业", "culture, sports and entertainment"
    S = (
        "S",
        "公共管理、社会保障和社会组织",
        "public management and social organizations",
    )
    T = "T", "国际组织", "international organizations"
