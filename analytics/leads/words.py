"""Words of leads: the part that a subject plays, what was counted, what officers say."""

from graph.vocabulary import Term


class Part(Term):
    """The part a subject plays in a lead."""

    NEW = "new", "新设企业", "the new company"
    OLD = "old", "原企业", "the old company"
    PERSON = "person", "同一人", "the person of both"
    PUNISHED = "punished", "受惩戒企业", "the punished company"
    FORMER = "former", "原任", "the former one"
    PRESENT = "present", "继任", "the present one"
    REPRESENTATIVE = "representative", "代表人", "the representative"
    FRONT = "front", "所代表的企业", "a company represented"
    CONTROLLER = "controller", "控制人", "the controller"
    SANCTIONED = "sanctioned", "被惩戒的企业", "a sanctioned company"
    SHARED = "shared", "共用的地址、电话", "what is shared"
    THERE = "there", "在此的企业", "a company there"
    MEMBER = "member", "成员", "a member"
    EXPOSED = "exposed", "有不良记录的成员", "a member with adverse records"
    ORGANIZATION = "organization", "任职企业", "where the post is"
    IN_OFFICE = "in_office", "在任者（身份未核验）", "in office, unverified"
    BARRED = "barred", "受任职限制的同名者", "the barred person of this name"
    PENDING = "pending", "尚有承诺的企业", "whose commitment is open"
    BROKEN = "broken", "违诺的企业", "who broke a commitment"
    MOVED = "moved", "迁出的企业", "who moved"
    CHANGED = "changed", "集中变更的企业", "who changed much"


class Figure(Term):
    """What was counted."""

    PEOPLE = "people", "相同的人员、股东", "people in common"
    CONTACTS = "contacts", "相同的地址、电话", "addresses and numbers in common"
    DAYS = "days", "相隔天数", "days between"
    DAYS_TO_DECISION = "days_to_decision", "距决定天数", "days to the decision"
    COMPANIES = "companies", "企业数", "companies"
    OWN = "own", "其中有股权的", "of which partly owned"
    ADVERSE = "adverse", "有不良记录的", "with adverse records"
    EXPECTED = "expected", "预期", "expected"
    OBSERVED = "observed", "实际", "observed"
    MEMBERS = "members", "成员数", "members"
    EXPOSED = "exposed", "有不良记录的成员", "members with adverse records"
    NAMESAKES = "namesakes", "受限的同名者", "barred people of this name"
    CHANGES = "changes", "变更数", "changes"


class Verdict(Term):
    """What an officer says of a lead."""

    USEFUL = "useful", "有用", "useful"
    NOT_USEFUL = "not_useful", "无用", "not useful"
    KNOWN = "known", "已知", "already known"
