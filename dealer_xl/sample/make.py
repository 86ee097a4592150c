"""Make the sample store: people, their cars, their visits, the calls and letters about them, then the mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dealer_xl.sample import call_rows as register
from dealer_xl.sample import complaint_rows, event_rows, letter_rows, plan_rows, reminder_calls, staff_records
from dealer_xl.sample.appointment_rows import appointment_rows
from dealer_xl.sample.call_rows import Call
from dealer_xl.sample.cars import Bond, Car, make_cars
from dealer_xl.sample.change_rows import change_rows, renewal_calls
from dealer_xl.sample.customer_rows import customer_rows, with_conduct
from dealer_xl.sample.date_span import Span
from dealer_xl.sample.event_rows import Event
from dealer_xl.sample.follow_up_calls import follow_ups_of
from dealer_xl.sample.intake_rows import with_intake
from dealer_xl.sample.invitee_rows import invitee_rows, with_attendance
from dealer_xl.sample.letter_rows import Letter
from dealer_xl.sample.mistake_injection import MistakeInjector
from dealer_xl.sample.people import owners_of
from dealer_xl.sample.random_streams import random_stream
from dealer_xl.sample.renewal_rows import renewal_rows
from dealer_xl.sample.sample_types import Rows, Sample
from dealer_xl.sample.untidy_input import make_untidy
from dealer_xl.sample.visit_plan import planned_visits
from dealer_xl.sample.visit_rows import Visit, last_services, visit_rows, visits_of


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
    planting = MistakeInjector(random_stream("mistakes", seed), today, rows)
    planted = planting.plant()
    make_untidy(random_stream("untidy", seed), rows, planting.taken)
    return Sample({name: tuple(table) for name, table in rows.items()}, planted)


def _shop(span: Span, seed: int, vehicles: int) -> Shop:
    """Invent the shop's year."""
    owners = owners_of(random_stream("people", seed), vehicles)
    cars = make_cars(random_stream("cars", seed), span, owners, plan_rows.CLERKS)
    planned = planned_visits(random_stream("comings", seed), span, cars)
    visits = visits_of(random_stream("visits", seed), span, planned)
    return Shop(seed, span, cars, visits, event_rows.events_around(span.today))


def _rows(shop: Shop) -> Rows:
    """Write down what happened, table by table."""
    span, seed = shop.span, shop.seed
    changes = change_rows(random_stream("changes", seed), span, shop.known_cars)
    call_rows = [*_follow_ups(shop), *_notices(shop), *_reminders(shop)]
    call_rows += renewal_calls(random_stream("renewals", seed), changes, shop.cars)
    call_rows = register.with_answers(random_stream("answers", seed), register.in_order(call_rows))
    cases = complaint_rows.cases_of(random_stream("cases", seed), span, call_rows)
    call_rows = register.in_order(
        [*call_rows, *complaint_rows.confirming_calls(random_stream("confirming", seed), cases)]
    )
    cases += complaint_rows.walk_ins(random_stream("walk-ins", seed), span, shop.visits)
    cases += complaint_rows.requests_of(random_stream("requests", seed), span, call_rows)
    absence = plan_rows.absence_around(span.today)
    post = _letters(shop, call_rows, cases)
    happened = event_rows.event_rows(random_stream("events", seed), span, shop.events, len(shop.cars))
    guests = invitee_rows(random_stream("guests", seed), span.today, shop.events, call_rows, post)
    orders = visit_rows(random_stream("orders", seed), span, shop.visits, plan_rows.ADVISORS)
    plan = plan_rows.work_plan_rows(random_stream("tasks", seed), span)
    return {
        "Customers": with_conduct(
            random_stream("conduct", seed),
            span.today,
            customer_rows(random_stream("archive", seed), shop.cars, shop.visits),
            shop.cars,
        ),
        "Visits": with_intake(random_stream("intake", seed), span, orders, shop.visits),
        "Renewals": renewal_rows(random_stream("policies", seed), span, changes, shop.known_cars),
        "Changes": changes,
        "Calls": register.call_rows(call_rows, absence),
        "Complaints": complaint_rows.complaint_rows(random_stream("complaints", seed), cases, call_rows),
        "Appointments": appointment_rows(
            random_stream("appointments", seed),
            span,
            orders,
            shop.visits,
            shop.known_cars,
            plan_rows.ADVISORS,
        ),
        "Letters": letter_rows.letter_rows(
            random_stream("post", seed), span, post, complaint_rows.numbers_of(cases)
        ),
        "Events": with_attendance(happened, guests),
        "Invitees": guests,
        "Breakdown": [],
        "Tasks": plan,
        "OwnFigures": staff_records.own_figure_rows(random_stream("own figures", seed), span),
        "Trainings": staff_records.training_rows(random_stream("trainings", seed), span, plan),
        "Rewards": staff_records.reward_rows(random_stream("rewards", seed), span),
        "Measures": staff_records.measure_rows(random_stream("measures", seed), span),
        "Staff": plan_rows.staff_rows(absence),
        "Calendar": plan_rows.calendar_rows(span),
    }


def _follow_ups(shop: Shop) -> list[Call]:
    """Make the calls that follow visits, complaints among them."""
    span, seed = shop.span, shop.seed
    return [
        *follow_ups_of(random_stream("follow-ups", seed), span, shop.visits),
        *complaint_rows.complaint_calls(random_stream("grumbles", seed), span, shop.visits),
    ]


def _notices(shop: Shop) -> list[Call]:
    """Make the calls that tell of events."""
    cars = letter_rows.may_be_written_to(shop.known_cars)
    guests, dice = event_rows.guests_wanted(len(shop.cars)), random_stream("notices", shop.seed)
    return [
        *event_rows.past_notices(dice, shop.events, cars, guests),
        *event_rows.newest_notices(dice, shop.span, shop.events[-1], cars, guests // 3),
    ]


def _reminders(shop: Shop) -> list[Call]:
    """Make all other calls."""
    span, cars, visits, dice = shop.span, shop.known_cars, shop.visits, random_stream("reminders", shop.seed)
    return [
        *reminder_calls.past_service_reminders(dice, span, visits),
        *reminder_calls.open_service_reminders(dice, span, cars, last_services(visits)),
        *reminder_calls.renewal_reminders(dice, span, cars),
        *reminder_calls.class_visits(dice, span, cars),
        *reminder_calls.lost_customer_calls(dice, span, visits),
        *reminder_calls.everyday_calls(dice, span, cars),
        *reminder_calls.ring_backs(dice, span, cars),
    ]


def _letters(shop: Shop, call_rows: Sequence[Call], cases: Sequence[complaint_rows.Case]) -> list[Letter]:
    """Make the letters."""
    span, dice = shop.span, random_stream("letters", shop.seed)
    cars = letter_rows.may_be_written_to(shop.known_cars)
    willing = [car for car in shop.cars if car.owner.consent == "同意" and car.owner.address]
    sent = [
        *letter_rows.invitations(dice, shop.events, call_rows),
        *letter_rows.replies_of(dice, span, cases, willing),
    ]
    return [*sent, *letter_rows.service_notices(dice, span, cars, sent)]
