"""Make the sample store: people, their cars, their visits, the calls and letters about them, then the mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dealer_xl.dealership.sample import calls as register
from dealer_xl.dealership.sample import complaints, events, letters, plans, reminders, staff_records
from dealer_xl.dealership.sample.appointments import appointment_rows
from dealer_xl.dealership.sample.archive import customer_rows, with_conduct
from dealer_xl.dealership.sample.calls import Call
from dealer_xl.dealership.sample.cars import Bond, Car, make_cars
from dealer_xl.dealership.sample.chance import dice_for
from dealer_xl.dealership.sample.changes import change_rows, renewal_calls
from dealer_xl.dealership.sample.comings import comings_of
from dealer_xl.dealership.sample.days import Span
from dealer_xl.dealership.sample.events import Event
from dealer_xl.dealership.sample.follow_ups import follow_ups_of
from dealer_xl.dealership.sample.intake import with_intake
from dealer_xl.dealership.sample.invitees import invitee_rows, with_attendance
from dealer_xl.dealership.sample.letters import Letter
from dealer_xl.dealership.sample.people import owners_of
from dealer_xl.dealership.sample.planting import Planting
from dealer_xl.dealership.sample.renewals import renewal_rows
from dealer_xl.dealership.sample.store import Rows, Sample
from dealer_xl.dealership.sample.untidy import make_untidy
from dealer_xl.dealership.sample.visits import Visit, last_services, visit_rows, visits_of


@dataclass(frozen=True)
class Shop:
    """The shop's year before anything is written down."""

    seed: int
    span: Span
    cars: Sequence[Car]
    visits: Sequence[Visit]
    events: Sequence[Event]

    @property
    def known_cars(self) -> list[Car]:
        """The cars but for the newest, about which nobody telephones or writes yet."""
        return [car for car in self.cars if car.bond is not Bond.NEW]


def make_sample(today: date, seed: int = 1, vehicles: int = 1500) -> Sample:
    """Make a store of a middling shop as it stands on the morning of a day.

    Of 1,500 vehicles there are some 7,800 orders: 13 complete months and the current one dense, and twelve
    thinner ones before, so that last year's figures and lost customers exist. Nothing is called or written today.
    """
    rows = _rows(_shop(Span(today), seed, vehicles))
    planting = Planting(dice_for("mistakes", seed), today, rows)
    planted = planting.plant()
    make_untidy(dice_for("untidy", seed), rows, planting.taken)
    return Sample({name: tuple(table) for name, table in rows.items()}, planted)


def _shop(span: Span, seed: int, vehicles: int) -> Shop:
    """Let the year pass."""
    owners = owners_of(dice_for("people", seed), vehicles)
    cars = make_cars(dice_for("cars", seed), span, owners, plans.CLERKS)
    comings = comings_of(dice_for("comings", seed), span, cars)
    visits = visits_of(dice_for("visits", seed), span, comings)
    return Shop(seed, span, cars, visits, events.events_around(span.today))


def _rows(shop: Shop) -> Rows:
    """Write down what happened, table by table."""
    span, seed = shop.span, shop.seed
    changes = change_rows(dice_for("changes", seed), span, shop.known_cars)
    calls = [*_follow_ups(shop), *_notices(shop), *_reminders(shop)]
    calls += renewal_calls(dice_for("renewals", seed), changes, shop.cars)
    calls = register.with_answers(dice_for("answers", seed), register.in_order(calls))
    cases = complaints.cases_of(dice_for("cases", seed), span, calls)
    calls = register.in_order([*calls, *complaints.confirming_calls(dice_for("confirming", seed), cases)])
    cases += complaints.walk_ins(dice_for("walk-ins", seed), span, shop.visits)
    cases += complaints.requests_of(dice_for("requests", seed), span, calls)
    absence = plans.absence_around(span.today)
    post = _letters(shop, calls, cases)
    happened = events.event_rows(dice_for("events", seed), span, shop.events, len(shop.cars))
    guests = invitee_rows(dice_for("guests", seed), span.today, shop.events, calls, post)
    orders = visit_rows(dice_for("orders", seed), span, shop.visits, plans.ADVISORS)
    plan = plans.task_rows(dice_for("tasks", seed), span)
    return {
        "Customers": with_conduct(
            dice_for("conduct", seed),
            span.today,
            customer_rows(dice_for("archive", seed), shop.cars, shop.visits),
            shop.cars,
        ),
        "Visits": with_intake(dice_for("intake", seed), span, orders, shop.visits),
        "Renewals": renewal_rows(dice_for("policies", seed), span, changes, shop.known_cars),
        "Changes": changes,
        "Calls": register.call_rows(calls, absence),
        "Complaints": complaints.complaint_rows(dice_for("complaints", seed), cases, calls),
        "Appointments": appointment_rows(
            dice_for("appointments", seed), span, orders, shop.visits, shop.known_cars, plans.ADVISORS
        ),
        "Letters": letters.letter_rows(dice_for("post", seed), span, post, complaints.numbers_of(cases)),
        "Events": with_attendance(happened, guests),
        "Invitees": guests,
        "Breakdown": [],
        "Tasks": plan,
        "OwnFigures": staff_records.own_figure_rows(dice_for("own figures", seed), span),
        "Trainings": staff_records.training_rows(dice_for("trainings", seed), span, plan),
        "Rewards": staff_records.reward_rows(dice_for("rewards", seed), span),
        "Measures": staff_records.measure_rows(dice_for("measures", seed), span),
        "Staff": plans.staff_rows(absence),
        "Calendar": plans.calendar_rows(span),
    }


def _follow_ups(shop: Shop) -> list[Call]:
    """Make the calls that follow visits, complaints among them."""
    span, seed = shop.span, shop.seed
    return [
        *follow_ups_of(dice_for("follow-ups", seed), span, shop.visits),
        *complaints.complaint_calls(dice_for("grumbles", seed), span, shop.visits),
    ]


def _notices(shop: Shop) -> list[Call]:
    """Make the calls that tell of events."""
    cars = letters.may_be_written_to(shop.known_cars)
    guests, dice = events.guests_wanted(len(shop.cars)), dice_for("notices", shop.seed)
    return [
        *events.past_notices(dice, shop.events, cars, guests),
        *events.newest_notices(dice, shop.span, shop.events[-1], cars, guests // 3),
    ]


def _reminders(shop: Shop) -> list[Call]:
    """Make all other calls."""
    span, cars, visits, dice = shop.span, shop.known_cars, shop.visits, dice_for("reminders", shop.seed)
    return [
        *reminders.past_service_reminders(dice, span, visits),
        *reminders.open_service_reminders(dice, span, cars, last_services(visits)),
        *reminders.renewal_reminders(dice, span, cars),
        *reminders.class_visits(dice, span, cars),
        *reminders.lost_customer_calls(dice, span, visits),
        *reminders.everyday_calls(dice, span, cars),
        *reminders.ring_backs(dice, span, cars),
    ]


def _letters(shop: Shop, calls: Sequence[Call], cases: Sequence[complaints.Case]) -> list[Letter]:
    """Make the letters."""
    span, dice = shop.span, dice_for("letters", shop.seed)
    cars = letters.may_be_written_to(shop.known_cars)
    willing = [car for car in shop.cars if car.owner.consent == "同意" and car.owner.address]
    sent = [*letters.invitations(dice, shop.events, calls), *letters.replies_of(dice, span, cases, willing)]
    return [*sent, *letters.service_notices(dice, span, cars, sent)]
