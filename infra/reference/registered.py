"""Words for what registers say, and for representation by law."""

from typing import Final

from infra.reference.word import CODE, Word, day, time

LR: Final = "LR-7K3D9M2QW8XZ4T1B"

REGISTERED: Final[dict[str, Word]] = {
    # --- representation by law
    "RepresentationBody.ground": Word("Whether I am parent or guardian", "parent"),
    "RepresentationBody.name": Word("Name of the child or ward, as the register has it", "Huỳnh Tôn Thiên Kim"),
    "RepresentationBody.born_on": day("Birth date of the child or ward"),
    "RepresentationBody.personal_id": Word("Personal number of the child or ward", "079326123457"),
    "RepresentationList.representations": Word("Each with the side on which I am; of two persons the newest"),
    "RepresentationView.id": Word("Its name, for the next request", LR),
    "RepresentationView.kind": Word("Whether the representative is parent or guardian", "parent"),
    "RepresentationView.status": Word("Whether it stands: it ends by itself on the day of `closes`", "active"),
    "RepresentationView.side": Word("On which side I am", "representative"),
    "RepresentationView.represented": Word("Name of the child or ward", "Huỳnh Tôn Thiên Kim"),
    "RepresentationView.representative": Word("Name of the parent or guardian", "Tôn Nữ Hoàng Ánh Tuyết"),
    "RepresentationView.may": Word("What the representative may do", "file"),
    "RepresentationView.acting": Word("Who acts today, by age, where no class of acts is special (Civil Code Art. 21)"),
    "RepresentationView.acting_basis": Word("The clause on who acts", "Civil Code 91/2015/QH13 Art. 21(2)"),
    "RepresentationView.opens": time("Since when it stands"),
    "RepresentationView.closes": time("When the child comes of age; null: of a ward who is of age"),
    "RepresentationView.register_name": Word("The register that confirmed it", "population"),
    "RepresentationView.confirmed_at": time("When the register confirmed it"),
    "RepresentationView.basis": Word("On which ground it was asked", "Civil Code 91/2015/QH13 Art. 136"),
    "RepresentationView.ended_at": time("When it was ended; null: it was not"),
    "RepresentationView.ended_why": Word("Who or what ended it: representative, died, incapacitated", "representative"),
    "RepresentationView.warnings": Word("What should be looked at again, and refuses nothing"),
    "Warned.rule": Word("What does not fit, for programs", "birth_year_differs"),
    "Warned.message": Word("The same for people", "Năm sinh không khớp với số định danh cá nhân"),
    "{representation}": Word("`id` of a representation by law", LR),
    # --- what a register says of me
    "RegisterBody.procedure": Word("National code of the procedure whose form is to be filled in", CODE),
    "RegisterBody.born_on": day("My birth date, by which the register finds me"),
    "RegisterBody.fields": Word(
        "Keys of the data dictionary; none: all that are registered for it", "person.birth_year"
    ),
    "RegisterBody.said": Word("What I said already, to be held against the register"),
    "SaidField.field": Word("Key of the data dictionary", "residence.address"),
    "SaidField.value": Word("As I said it", "Thôn 3, xã Vĩnh Phước"),
    "RegisterAnswer.values": Word("What the register told of what was asked"),
    "RegisterAnswer.differences": Word("Where I said something else"),
    "RegisterAnswer.basis": Word("On which ground it was asked", "Resolution 66.7/2025/NQ-CP Art. 4"),
    "RegisterAnswer.asked_at": time("When it was asked"),
    "RegisterValue.field": Word("Key of the data dictionary", "residence.address"),
    "RegisterValue.value": Word("As the register has it", "Thôn 3, xã Vĩnh Phước, tỉnh Vĩnh Long"),
    "RegisterValue.source": Word("The database, as forms name it", "population"),
    "RegisterValue.at": time("The time that the register gives for it"),
    "RegisterDifference.field": Word("Key of the data dictionary", "residence.address"),
    "RegisterDifference.outcome": Word(
        "What the procedure makes of it; what refuses is no answer but a refusal", "warn"
    ),
    "NumbersBody.born_on": day("My birth date, by which the register finds me"),
    "JoinedNumbers.count": Word("How many numbers are known to be mine, the present one among them", 2),
    "StandingView.standing": Word("How the organisation or its account stands", "active"),
    "StandingView.is_acting_person": Word("Whether the register names me as who acts for it", example=True),
    "StandingView.may_act": Word("Whether I may act for it now (Decree 69/2024 Art. 15(2)(b))", example=True),
    # --- what became of somebody
    "PersonChangeBody.kind": Word("What is said to have happened", "died"),
    "PersonChangeBody.name": Word("Name of the person, as the register has it", "Huỳnh Khắc Trọng Đạt"),
    "PersonChangeBody.born_on": day("Birth date of the person"),
    "PersonChangeBody.personal_id": Word("Personal number of the person", "079085765431"),
    "OrganisationChangeBody.kind": Word("What is said to have happened", "locked"),
    "OrganisationChangeBody.organisation": Word("Identification of the organisation", "0100109106"),
    "ChangeOutcome.is_confirmed": Word("Whether the register says so too", example=True),
    "ChangeOutcome.ended": Word("How many representations by law ended by that", 1),
    # --- the ledger
    "LedgerLine.asked": Word("What a register was asked about me; null: a file was stored or read"),
    "AskedRegister.register_name": Word("Which register", "population"),
    "AskedRegister.purpose": Word("For what, as it is registered", "Điền sẵn tờ khai đăng ký khai sinh"),
    "AskedRegister.use": Word("The procedure, or the registered use, for which it was asked", CODE),
    "AskedRegister.fields": Word("Names of the fields, never their values", "person.full_name"),
}
