"""The address that other libraries ask, ``/oai``, and the page that says what they get."""

import base64
import binascii

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, everyone, find
from core.database import db, transaction
from core.i18n import _, lazy
from library.harvests.policy import may_give_keys, may_harvest
from library.interchange.identifiers import namespace
from library.oai import queries, services
from library.oai.doors import Door
from library.oai.errors import NamelessPartner, UnknownKey
from library.oai.formats import FORMATS, WEIKE
from library.oai.models import OaiPartner
from library.oai.provider import Repository
from library.oai.provider import answer as answer_to
from library.resources.models import Resource, Tier
from library.showcase.addresses import public_name_of

bp = Blueprint("oai", __name__)
offers_bp = Blueprint("offers", __name__)
XML = "text/xml; charset=utf-8"
NAME = lazy("Weike library")


@bp.get("/oai")
@allow(everyone)
def answer() -> ResponseReturnValue:
    """Answer a request of OAI-PMH 2.0."""
    return _answered()


@bp.post("/oai")
@allow(everyone)
def answer_form() -> ResponseReturnValue:
    """The same for who sends the arguments as a form, as the protocol allows. Nothing changes."""
    return _answered()


@bp.get("/oai/weike.xsd")
@allow(everyone)
def schema() -> ResponseReturnValue:
    """The schema of our own form of records."""
    return Response(_SCHEMA, content_type=XML)


def _answered() -> ResponseReturnValue:
    try:
        door = _door()
    except UnknownKey as refusal:
        headers = {"WWW-Authenticate": 'Basic realm="OAI-PMH", charset="UTF-8"'}
        return Response(str(refusal), 401, headers, content_type="text/plain; charset=utf-8")
    given = request.args if request.method == "GET" else request.form
    document = answer_to(_repository(), door, given.items(multi=True), now=clock.now())
    return Response(document, content_type=XML, headers={"Cache-Control": "no-store"})


def _door() -> Door:
    """Who asks without a key sees what is public; a key that opens nothing is refused.

    Raises:
        UnknownKey: there is a key, and it is nobody's; or the public door is closed and there is none.
    """
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    key = value.strip()
    if kind.casefold() == "basic":
        try:
            key = base64.b64decode(key, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            key = ""
    if not kind:
        if not current_app.config["PUBLIC_LIBRARY"]:
            raise UnknownKey
        return Door(is_partners=False)
    if not key or db.session.scalar(queries.partner_of(services.key_sha256(key))) is None:
        raise UnknownKey
    return Door(is_partners=True)


def _repository() -> Repository:
    config = current_app.config
    own = namespace(config["OAI_NAMESPACE"], config["SECRET_KEY"])
    return Repository(
        base_url=url_for("oai.answer", _external=True),
        namespace=own,
        name=config["OAI_NAME"] or str(NAME),
        contact=config["OAI_CONTACT"] or f"library@{own}",
        secret_key=config["SECRET_KEY"],
        schema_url=url_for("oai.schema", _external=True),
        address_of=_address_of,
    )


def _address_of(resource: Resource) -> str:
    """The public page of what is public; what goes to partners only is read by signing in."""
    if resource.tier is Tier.PUBLIC and current_app.config["PUBLIC_LIBRARY"]:
        return url_for("showcase.show", name=public_name_of(resource), _external=True)
    return url_for("resources.show", resource_id=resource.id, _external=True)


_SCHEMA = f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
  targetNamespace="{WEIKE}">
  <xs:element name="record">
    <xs:annotation>
      <xs:documentation>A line of the interchange format (docs/interchange.md), as JSON.</xs:documentation>
    </xs:annotation>
    <xs:complexType>
      <xs:simpleContent>
        <xs:extension base="xs:string">
          <xs:attribute name="address" type="xs:anyURI" use="required"/>
          <xs:attribute name="keys" use="required">
            <xs:simpleType>
              <xs:restriction base="xs:string">
                <xs:enumeration value="given"/>
                <xs:enumeration value="withheld"/>
              </xs:restriction>
            </xs:simpleType>
          </xs:attribute>
          <xs:attribute name="files" use="required">
            <xs:simpleType>
              <xs:restriction base="xs:string">
                <xs:enumeration value="none"/>
                <xs:enumeration value="withheld"/>
              </xs:restriction>
            </xs:simpleType>
          </xs:attribute>
        </xs:extension>
      </xs:simpleContent>
    </xs:complexType>
  </xs:element>
</xs:schema>
"""


# What administrators see of it


@offers_bp.get("/exchange/offer")
@allow(may_harvest)
def show() -> ResponseReturnValue:
    """What others get from us, where, and who has a key."""
    return _offer_page()


@offers_bp.post("/exchange/offer/partners")
@allow(may_give_keys)
def add_partner() -> ResponseReturnValue:
    """Give a library a key, and show it, once."""
    hat = current_hat()
    name = request.form.get("name", "")
    try:
        with transaction():
            key = services.add_partner(name, by_id=hat.person_id, role=hat.role.value, now=clock.now())
    except NamelessPartner as refusal:
        return _offer_page(refusal=str(refusal)), 422
    return _offer_page(new_key=key, new_name=name.strip())


@offers_bp.post("/exchange/offer/partners/<int:partner_id>/end")
@allow(may_give_keys)
def end_partner(partner_id: int) -> ResponseReturnValue:
    """Let a key open nothing any more."""
    hat = current_hat()
    with transaction():
        partner: OaiPartner = find(queries.partners().where(OaiPartner.id == partner_id))
        services.end_partner(partner, by_id=hat.person_id, role=hat.role.value, now=clock.now())
    flash(_("The key has ended."), "success")
    return redirect(url_for(".show"))


def _offer_page(*, new_key: str = "", new_name: str = "", refusal: str = "") -> str:
    repository = _repository()
    return render_template(
        "library/oai/offer.html",
        repository=repository,
        offered={row[0]: row[1] for row in db.session.execute(queries.count_offered())},
        partners=db.session.scalars(queries.partners()).all() if may_give_keys(current_hat()) else [],
        may_give_keys=may_give_keys(current_hat()),
        new_key=new_key,
        new_name=new_name,
        refusal=refusal,
        formats=FORMATS,
    )
