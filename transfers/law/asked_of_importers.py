"""Which questions a recipient may answer once, for every route to it, and which it may not, each with its reason.

A recipient can say what it has itself done or is. What the law or practice of its country is, no word of its own shows
(EDPB Recommendations 01/2020, paras 46-47): no criterion about that is among these, nor one that a contract, a
certificate or an authority shows. An answer names the document that shows it and carries the condition to check that
document for the route at hand, since it was given once for all of them.
"""

ANSWERED_BY_IMPORTERS = frozenset((
    "eu-gdpr:46(2)(b).member", "eu-gdpr:46(2)(e).commitments", "eu-gdpr:46(2)(f).commitments",
    "eu-2018-1725:eur-48-2-d-bcr.member", "eu-2018-1725:eur-48-2-d-code.commitments", "eu-2018-1725:eur-48-2-d-certification.commitments",
    "uk-gdpr:ukg-46-2-b.member", "uk-gdpr:ukg-46-2-e.commitments", "uk-gdpr:ukg-46-2-f.commitments",
    "uk-gdpr-2021:ukg21-46-2-b.member", "uk-gdpr-2021:ukg21-46-2-e.commitments", "uk-gdpr-2021:ukg21-46-2-f.commitments",
    "ch-fadp:ch-16-2-e.member", "ch-fadp:ch-16-3-code.commitments", "ch-fadp:ch-16-3-certification.commitments",
    "br-lgpd:br-33-II-c.member",
    "md-lpdp:md-46-2-b.member", "md-lpdp:md-46-2-d.commitments", "md-lpdp:md-46-2-e.commitments",
    "rs-zzpl:rs-65-2-4.commitments", "rs-zzpl:rs-65-2-5.commitments", "rs-zzpl:rs-67.member",
    "sa-pdpl:sa-bcr.member",
    "tr-kvkk:tr-bcr.member",
    "jp-appi:jp-27-1-7.academic",
))  # fmt: skip
"""Criteria that a record of an importer may answer: membership of a group with rules, commitments it has made, what it is."""

_CERTIFICATE = "the certificate shows it, with the day on which it ends; the recipient's word would outlive it"
_STEP = "it turns on the contract of one flow, and holds for no other"

NOT_BY_WORD_ALONE = {
    "eu-gdpr:44.onward": _STEP,
    "data.clear_text_needed": "it turns on the work done in one flow; for another it may be otherwise",
    "br-lgpd:br-33-II-d.certified": _CERTIFICATE,
    "ch-fadp:ch-16-3-certification.certified": _CERTIFICATE,
    "ch-fadp-1992:ch92-6-2-g.member": "it turns on who the exporter is: one legal person, or one management, with it",
    "jp-appi:jp-28-system.system": "it rests on a contract, rules or a certificate, which are for the exporter to see",
    "kr-pipa:kr-4.certified": _CERTIFICATE,
    "kr-pipa:kr-4.safety": "it is read together with the certificate, which is for the exporter to see",
    "kr-pipa:kr-4.effect": "it is read together with the certificate, which is for the exporter to see",
    "rs-zzpl:rs-65-2-5.certified": _CERTIFICATE,
    "sa-pdpl:sa-cert.certified": _CERTIFICATE,
}
"""Questions that rules ask the recipient and that its word alone does not settle; what it says is for the exporter to weigh, route by route."""
