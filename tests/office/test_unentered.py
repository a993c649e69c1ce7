"""What is typed into the form of a quarter is kept until it is entered: by person, over restarts, and while the disk is full."""

from optplan.office import Role, drawers, local_person
from optplan.office.unentered import Typed, Unentered

ONE, OTHER = (local_person("", Role.EDITOR, browser=mark * 32) for mark in "12")
FORM = "ledger/a/2021/1/deliveries"
SIZE, NOTE = ("delivery:engine", "quantity"), ("delivery:engine", "note")


def test_a_restart_loses_nothing_and_another_person_sees_nothing(tmp_path):
    assert Unentered(tmp_path).type(ONE, FORM, {SIZE: "2"}) == {SIZE: ""}
    assert Unentered(tmp_path).type(ONE, FORM, {NOTE: "看错", SIZE: "3"}) == {NOTE: "", SIZE: "2"}
    assert Unentered(tmp_path).of(ONE, FORM).cells == {SIZE: "3", NOTE: "看错"}
    assert not Unentered(tmp_path).of(OTHER, FORM).cells
    assert not Unentered(tmp_path).of(ONE, FORM + "/other").cells


def test_what_was_typed_while_the_form_was_entered_stays(tmp_path):
    forms = Unentered(tmp_path)
    forms.type(ONE, FORM, {SIZE: "2", NOTE: "看错"})
    asked = forms.of(ONE, FORM).cells
    forms.type(ONE, FORM, {SIZE: "4"})  # in another tab
    forms.entered(ONE, FORM, asked)
    assert forms.of(ONE, FORM) == Typed({SIZE: "4"}, times=1)


def test_a_full_disk_and_a_damaged_file_stop_nobody(tmp_path, monkeypatch):
    forms = Unentered(tmp_path)
    forms.type(ONE, FORM, {SIZE: "2"})
    with monkeypatch.context() as full:
        full.setattr(drawers, "write_atomically", lambda *_: (_ for _ in ()).throw(OSError("no space left")))
        forms.type(ONE, FORM, {NOTE: "看错"})
        assert forms.of(ONE, FORM).cells == {SIZE: "2", NOTE: "看错"}
    forms.type(ONE, FORM, {SIZE: "3"})
    [file] = tmp_path.rglob("*.json")
    assert Unentered(tmp_path).of(ONE, FORM).cells == {SIZE: "3", NOTE: "看错"}
    file.write_text("{", "utf-8")
    assert not Unentered(tmp_path).of(ONE, FORM).cells


def test_a_blank_cell_leaves_nothing_behind(tmp_path):
    forms = Unentered(tmp_path)
    forms.type(ONE, FORM, {SIZE: "2"})
    forms.type(ONE, FORM, {SIZE: ""})
    assert not forms.of(ONE, FORM).cells
